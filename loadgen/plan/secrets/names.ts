/** Names behind which secrets are kept. */

/** What stands where a secret was. */
export const REDACTED = '[redacted]';

/** Wherever a name has one of these in it. */
const ANYWHERE = /passw|passphrase|secret|token|credential|jwt|bearer|cookie|authorization/i;
/** A name that is one of these words, or ends with it: `key`, `api_key`, `authKey`, `session-id`. */
const LAST_WORD =
  /(?:^|[^a-z])(?:auth|pass|pwd|key|sig|signature|session(?:[^a-z]?id)?|sid|pin|otp|ticket)$/i;
const LAST_HUMP =
  /[a-z\d](?:Auth|Pass|Pwd|Key|Sig|Signature|Session|SessionId|SessionID|Sid|Pin|Otp|Ticket)$/;
const RUN_TOGETHER = /(?:api|access|private)key$/i;

/** Headers that say nothing about who somebody is. */
const harmless = [
  'accept',
  'accept-encoding',
  'accept-language',
  'cache-control',
  'connection',
  'content-length',
  'content-type',
  'host',
  'origin',
  'pragma',
  'sec-websocket-extensions',
  'sec-websocket-version',
  'upgrade',
  'user-agent',
];

/** Tells whether the value of a field or parameter of this name is nobody's business. */
export function isSecretName(name: string): boolean {
  return [ANYWHERE, LAST_WORD, LAST_HUMP, RUN_TOGETHER].some((pattern) => pattern.test(name));
}

/** Tells whether the value of a header may be shown. Of names nobody knows it may not. */
export function isHarmlessHeader(name: string): boolean {
  return harmless.includes(name.trim().toLowerCase());
}
