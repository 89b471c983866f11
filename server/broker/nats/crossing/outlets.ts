import type { Frame } from '../../link/index.ts';
import { Outlet, type OutletShare } from './outlet.ts';

/** Channels whose numbers are remembered; of more the one known longest begins anew, with a new epoch. */
const MOST_CHANNELS = 50_000;

/** The outlets of a broker: one for each channel that was published to lately. Each turn ends with their messages. */
export class Outlets {
  readonly #share: OutletShare;
  readonly #subjectOf: (channel: string) => string;
  readonly #most: number;
  readonly #channels = new Map<string, Outlet>();
  #begun: Outlet[] = [];
  #epoch = 0;

  /** @param most Default: 50,000. */
  constructor(
    share: Omit<OutletShare, 'begun'>,
    subjectOf: (channel: string) => string,
    most: number = MOST_CHANNELS,
  ) {
    this.#share = { ...share, begun: (outlet) => this.#note(outlet) };
    this.#subjectOf = subjectOf;
    this.#most = most;
  }

  /** Adds a publication of a channel. */
  add(channel: string, publication: Frame): void {
    const outlet = this.#channels.get(channel) ?? this.#open(channel);
    outlet.add(publication);
  }

  /** Makes an outlet that is kept for ever. */
  make(subject: string): Outlet {
    this.#epoch += 1;
    return new Outlet(subject, this.#epoch, this.#share);
  }

  /** Sends what was collected. */
  readonly send = (): void => {
    const begun = this.#begun;
    this.#begun = [];
    for (const outlet of begun) {
      outlet.send();
    }
  };

  #open(channel: string): Outlet {
    if (this.#channels.size >= this.#most) {
      this.#forgetOldest();
    }
    const outlet = this.make(this.#subjectOf(channel));
    this.#channels.set(channel, outlet);
    return outlet;
  }

  #forgetOldest(): void {
    const [oldest] = this.#channels;
    if (oldest !== undefined) {
      const [channel, outlet] = oldest;
      outlet.send(); // before anything of its successor
      this.#channels.delete(channel);
    }
  }

  #note(outlet: Outlet): void {
    if (this.#begun.push(outlet) === 1) {
      setImmediate(this.send);
    }
  }
}
