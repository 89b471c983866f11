/** What one user said and heard, as lines of text. */
import type { TracedFrame } from '../../coordinator/index.ts';

/** Most characters of one frame. */
const MOST_CHARACTERS = 400;

/** Characters that a terminal obeys, or that turn the order of a line round; JSON leaves them as they are. */
const OBEYED = /[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** Writes the first frames of a user, one a line: `   1.234567 s  user 7 → {"event":…}`. */
export class Tracer {
  readonly #user: number;
  readonly #write: (text: string) => unknown;
  #shown = 0;

  /**
   * @param user Number of the user within the whole run.
   * @param write Takes whole lines.
   */
  constructor(user: number, write: (text: string) => unknown) {
    this.#user = user;
    this.#write = write;
  }

  /** Takes the next frame. */
  frame({ at, direction, text, isLast }: TracedFrame): void {
    this.#shown += 1;
    const time = at.toFixed(6).padStart(11);
    const arrow = direction === 'out' ? '→' : '←';
    this.#write(`${time} s  user ${this.#user} ${arrow} ${shorten(text)}\n`);
    if (isLast)
      this.#write(`user ${this.#user}: these were the first ${this.#shown} frames, no more are shown\n`);
  }
}

/** A frame is one line, whatever it holds; an empty one is a heartbeat. */
function shorten(text: string): string {
  if (text === '') return '(empty)';
  const whole = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll(OBEYED, escapeOf);
  return whole.length > MOST_CHARACTERS
    ? `${whole.slice(0, MOST_CHARACTERS)}… (${text.length} characters)`
    : whole;
}

function escapeOf(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
