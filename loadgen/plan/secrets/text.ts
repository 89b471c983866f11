/** Texts and data of any kind that may be shown. */
import { isHarmlessHeader, isSecretName, REDACTED } from './names.ts';
import { redactUrl } from './url.ts';

/** Of NATS several may stand in a row, with commas between them. */
const URLS = /\b(?:(?:wss?|https?):\/\/[^\s"'<>]+|(?:nats|tls):\/\/[^\s"'<>,]+)/gi;
/** Three parts in base 64, of which the first is an object: a token of the kind that SocketCluster signs. */
const SIGNED_TOKENS = /\beyJ[\w-]+\.[\w-]+\.[\w-]*/g;
const SCHEMES = /\b(Bearer|Basic) +[\w.~+/=-]+/gi;
/** Fields of JSON, whole or cut off, whose names may tell of secrets. */
const FIELDS = /"((?:[^"\\]|\\.)*)"(\s*:\s*)("(?:[^"\\]|\\.)*("|$)|-?\d[\d.eE+-]*)/g;

/** Takes out of a text what its surroundings show to be secret. */
export function redactText(text: string): string {
  const data = parsed(text);
  if (typeof data === 'object' && data !== null) {
    const shown = JSON.stringify(redactData(data));
    // A text without secrets is shown as it was written.
    return shown === JSON.stringify(data) ? text : shown;
  }
  return text
    .replace(FIELDS, (field, name: string, colon: string) =>
      isSecretName(name) ? `"${name}"${colon}"${REDACTED}"` : field,
    )
    .replace(URLS, redactUrl)
    .replace(SIGNED_TOKENS, REDACTED)
    .replace(SCHEMES, `$1 ${REDACTED}`);
}

/** Copies data without what its surroundings show to be secret: whatever a field with such a name holds, and in texts. */
export function redactData(data: unknown): unknown {
  if (typeof data === 'string') return redactText(data);
  if (Array.isArray(data)) return data.map(redactData);
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => [
      name,
      isSecretName(name) ? redactWhole(value) : redactData(value),
    ]),
  );
}

/** Copies headers with the values of those only that say nothing about who somebody is. */
export function redactHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, isHarmlessHeader(name) ? value : REDACTED]),
  );
}

/** That there is none is no secret, and what is only there or not is none. */
function redactWhole(value: unknown): unknown {
  const isBare = typeof value === 'boolean' || value === null || value === undefined || value === '';
  return isBare ? value : REDACTED;
}

function parsed(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
