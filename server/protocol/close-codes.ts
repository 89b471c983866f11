/** Codes a socket ends with (PROTOCOL.md, section 8). 1002, 1007 and 1009 come from the engine. */
export const closeCodes = {
  normal: { code: 1000, reason: '' },
  goingAway: { code: 1001, reason: 'Server is going away' },
  policyViolation: { code: 1008, reason: 'Too many packets in one message' },
  messageTooBig: { code: 1009, reason: 'Message is larger than maxPayload' },
  pongTimeout: { code: 4001, reason: 'No pong from the client in time' },
  handshakeTimeout: { code: 4005, reason: 'No #handshake in time' },
  handshakeRefused: { code: 4008, reason: 'Handshake was refused' },
  messageBeforeHandshake: { code: 4009, reason: 'Message before the handshake' },
  tooSlow: { code: 4100, reason: 'Client reads too slowly' },
} as const;

/** Name of a close code of this server. */
export type CloseName = keyof typeof closeCodes;

/** Names an ending in a sentence: its code, and its reason as given or as the table knows it. */
export function describeEnding(code: number, reason: unknown): string {
  const known = Object.values(closeCodes).find((entry) => entry.code === code)?.reason;
  const told = typeof reason === 'string' && reason !== '' ? reason : known;
  return told ? `status code ${code}: ${told}` : `status code ${code}`;
}

/** Longest reason RFC 6455 leaves room for in a close frame, bytes. */
const MAX_REASON_BYTES = 123;

/** Tells whether a code may stand in a close frame that an application sends (RFC 6455, 7.4). */
export function isSendableCode(code: number): boolean {
  const ofTheProtocol = code >= 1000 && code <= 1014 && code !== 1004 && code !== 1005 && code !== 1006;
  return Number.isInteger(code) && (ofTheProtocol || (code >= 3000 && code <= 4999));
}

/** Cuts a reason to what fits in a close frame, never inside a character. */
export function fitReason(reason: string): string {
  const bytes = new TextEncoder().encode(reason);
  if (bytes.length <= MAX_REASON_BYTES) {
    return reason;
  }
  return new TextDecoder().decode(bytes.subarray(0, MAX_REASON_BYTES)).replace(/\uFFFD$/, '');
}
