/** What one user said and heard, as lines of text. Bounded: a trace is for reading. */
import type { TracedFrame } from '../../coordinator/index.ts';

/** Most frames that are shown. */
const MOST_FRAMES = 200;
/** Most characters of one frame. */
const MOST_CHARACTERS = 400;

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
  frame({ at, direction, text }: TracedFrame): void {
    this.#shown += 1;
    if (this.#shown > MOST_FRAMES + 1) return;
    if (this.#shown > MOST_FRAMES) {
      this.#write(`user ${this.#user}: ${MOST_FRAMES} frames were shown, the others are not\n`);
      return;
    }
    const time = at.toFixed(6).padStart(11);
    const arrow = direction === 'out' ? '→' : '←';
    this.#write(`${time} s  user ${this.#user} ${arrow} ${shorten(text)}\n`);
  }
}

/** A frame is one line, whatever it holds; an empty one is a heartbeat. */
function shorten(text: string): string {
  if (text === '') return '(empty)';
  const whole = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"');
  return whole.length > MOST_CHARACTERS
    ? `${whole.slice(0, MOST_CHARACTERS)}… (${text.length} characters)`
    : whole;
}
