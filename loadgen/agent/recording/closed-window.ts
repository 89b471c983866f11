/**
 * A second that is over. Its counts are whole; its histograms are encoded one at a time, because each takes a tenth of
 * a millisecond in which nothing leaves, and there are two for each worker of the target.
 */
import type { Window } from '../../results/index.ts';
import type { Distribution } from './distribution.ts';

/** Encodes what a distribution closed last, into the window. */
export type Encoding = () => void;

/** Closes distributions; those that recorded anything will be told to `tell` under their names. */
export function closeAll<Name extends string>(
  distributions: Readonly<Record<Name, Distribution>>,
  tell: (name: Name, encoded: string) => void,
): Encoding[] {
  const names = Object.keys(distributions) as Name[];
  return names
    .filter((name) => distributions[name].close())
    .map((name) => () => tell(name, distributions[name].encode()));
}

/** A window on its way to being told. */
export class ClosedWindow {
  readonly #window: Window;
  readonly #encodings: Encoding[];

  constructor(window: Window, encodings: Encoding[]) {
    this.#window = window;
    this.#encodings = encodings;
  }

  /** Encodes one histogram. Tells the window once it is whole, undefined before. */
  encodeOne(): Window | undefined {
    this.#encodings.shift()?.();
    return this.#encodings.length === 0 ? this.#window : undefined;
  }

  /** Encodes all that is left, and tells the window. */
  encodeAll(): Window {
    for (const encode of this.#encodings.splice(0)) encode();
    return this.#window;
  }
}
