/**
 * A second that is over. Its counts are whole; its histograms are encoded one at a time, because each takes a tenth of
 * a millisecond in which nothing leaves, and there are two for each worker of the target. What the process costs is
 * read at last, which takes two such tenths: the kernel has no past seconds.
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

/** What a window is until the load of its process is read. */
export type Unread = Omit<Window, 'load'>;

/** A window on its way to being told. */
export class ClosedWindow {
  readonly #window: Unread;
  readonly #encodings: Encoding[];
  readonly #readLoad: () => Window['load'];

  constructor(window: Unread, encodings: Encoding[], readLoad: () => Window['load']) {
    this.#window = window;
    this.#encodings = encodings;
    this.#readLoad = readLoad;
  }

  /** Encodes one histogram; undefined. With none left, reads the load and tells the window. */
  encodeOne(): Window | undefined {
    const encode = this.#encodings.shift();
    if (encode === undefined) return { ...this.#window, load: this.#readLoad() };
    encode();
    return undefined;
  }

  /** Encodes all that is left, and tells the window. */
  encodeAll(): Window {
    for (const encode of this.#encodings.splice(0)) encode();
    return { ...this.#window, load: this.#readLoad() };
  }
}
