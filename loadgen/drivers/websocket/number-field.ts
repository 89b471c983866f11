/** Finds the number that says which message a JSON answer belongs to. */

/**
 * Reads one field of JSON messages. A server builds its answers alike, so what stood before the number in the last
 * one is remembered: a message that begins with the same bytes has its number at the same place, and is not parsed.
 */
export class NumberField {
  readonly #path: readonly string[];
  /** The key of the field and what may stand between it and its digits. */
  readonly #key: RegExp;
  /** What stood before the digits in the message parsed last. Empty: unknown. */
  #prefix: Buffer = Buffer.alloc(0);

  /** @param path Names of fields with dots between them, as `id` or `body.id`. */
  constructor(path: string) {
    this.#path = path.split('.');
    const last = JSON.stringify(this.#path.at(-1)).replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
    this.#key = new RegExp(`${last}\\s*:\\s*"?`, 'g');
  }

  /** Finds the number, a whole one from 0; NaN when there is none. Digits in quotes are one, too. */
  read(bytes: Buffer, start: number, end: number): number {
    const known = this.#readKnown(bytes, start, end);
    return Number.isNaN(known) ? this.#parse(bytes.toString('utf8', start, end)) : known;
  }

  #readKnown(bytes: Buffer, start: number, end: number): number {
    const { length } = this.#prefix;
    const from = start + length;
    if (length === 0 || from >= end) return Number.NaN;
    if (this.#prefix.compare(bytes, start, from) !== 0) return Number.NaN;
    let value = 0;
    let at = from;
    for (; at < end; at += 1) {
      const digit = (bytes[at] ?? 0) - 0x30;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
    }
    const isNumber = at > from && at < end && mayFollow(bytes[at] ?? 0) && Number.isSafeInteger(value);
    return isNumber ? value : Number.NaN;
  }

  #parse(text: string): number {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      return Number.NaN; // Not JSON: no answer of this kind.
    }
    for (const name of this.#path) {
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return Number.NaN;
      value = (value as Record<string, unknown>)[name];
    }
    const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
    if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < 0) return Number.NaN;
    this.#remember(text);
    return number;
  }

  /** A key that stands there twice leaves open which of them it was. */
  #remember(text: string): void {
    const [match, ...others] = text.matchAll(this.#key);
    if (match === undefined || others.length > 0) return;
    this.#prefix = Buffer.from(text.slice(0, match.index + match[0].length));
  }
}

/** What ends a number: a comma, a bracket, the quote of a text. Not a point or an exponent. */
function mayFollow(byte: number): boolean {
  return byte === 0x2c || byte === 0x7d || byte === 0x5d || byte === 0x22;
}
