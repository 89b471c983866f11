/**
 * A message with blanks. A frame is encoded once for each number of digits the blanks can have, and from then on
 * only the digits are written into a copy of it.
 */
import { encodeText, writeDigits } from '../wire/index.ts';

/** What fills the blanks: whole numbers from 0. */
export interface Blanks {
  /** Number of the turn. */
  id: number;
  /** Number of the user within the whole run. */
  user: number;
  /** Milliseconds since the epoch. */
  time: number;
}

/** A frame with zeros for digits. */
interface Form {
  frame: Buffer;
  /** Where each blank ends in the text, bytes. */
  ends: number[];
}

/** More digits than any exact number has: base of the keys of forms. */
const DIGITS = 20;
const BLANK = /\{\{(id|user|time)\}\}/;

/** A message to be sent over and over. */
export class Template {
  /** What stands before, between and behind the blanks. */
  readonly #texts: string[];
  readonly #blanks: (keyof Blanks)[];
  readonly #forms = new Map<number, Form>();

  constructor(message: string) {
    const parts = message.split(BLANK);
    this.#texts = parts.filter((_, index) => index % 2 === 0);
    this.#blanks = parts.filter((_, index) => index % 2 === 1) as (keyof Blanks)[];
  }

  /** Whether every message is the same. */
  get isFixed(): boolean {
    return this.#blanks.length === 0;
  }

  /** Encodes one message. */
  encode(values: Readonly<Blanks>): Buffer {
    const { frame, ends } = this.#formFor(values);
    const copy = Buffer.allocUnsafe(frame.length);
    copy.set(frame);
    for (let index = 0; index < ends.length; index += 1) {
      const blank = this.#blanks[index] ?? 'id';
      writeDigits(copy, ends[index] ?? 0, values[blank]);
    }
    return copy;
  }

  #formFor(values: Readonly<Blanks>): Form {
    const key = (digitsOf(values.id) * DIGITS + digitsOf(values.user)) * DIGITS + digitsOf(values.time);
    const known = this.#forms.get(key);
    if (known !== undefined) return known;
    const form = this.#makeForm(values);
    this.#forms.set(key, form);
    return form;
  }

  #makeForm(values: Readonly<Blanks>): Form {
    const [first = '', ...others] = this.#texts;
    const ends: number[] = [];
    let text = first;
    for (const [index, other] of others.entries()) {
      text += '0'.repeat(digitsOf(values[this.#blanks[index] ?? 'id']));
      ends.push(Buffer.byteLength(text));
      text += other;
    }
    return { frame: encodeText(text), ends };
  }
}

function digitsOf(value: number): number {
  let digits = 1;
  for (let rest = value; rest >= 10; rest /= 10) digits += 1;
  return digits;
}
