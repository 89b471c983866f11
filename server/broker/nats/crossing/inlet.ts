import { type Frame, FrameError } from '../../link/index.ts';
import type { Crossings } from './counters.ts';
import { type Header, readEnvelope } from './envelope.ts';

/** How far a sender has come. */
interface Place {
  epoch: number;
  /** Number of the publication that should be next. */
  next: number;
}

/** Senders remembered for one channel. Each start of a broker is a new one, so those of long ago must go. */
const MOST_SENDERS = 256;

/**
 * Takes what other hosts send on one subject: each publication of a sender at most once and in its order, whatever
 * way it took. What this host sent itself is dropped by the sender's id, as it was delivered here before it was sent.
 * NATS is asked not to echo, which saves the way, but it knows only connections: what was sent on the one before, or by
 * another broker of this host, it brings.
 */
export class Inlet {
  readonly #host: string;
  readonly #counters: Crossings;
  readonly #deliver: (publication: Frame) => void;
  readonly #places = new Map<string, Place>();

  /**
   * @param host Id of this host, with which its senders begin.
   * @param deliver Takes a publication, valid during the call. @throws FrameError when it does not belong here.
   */
  constructor(host: string, counters: Crossings, deliver: (publication: Frame) => void) {
    this.#host = host;
    this.#counters = counters;
    this.#deliver = deliver;
  }

  /** Takes an envelope. */
  readonly take = (bytes: Buffer): void => {
    let place: Place = { epoch: 0, next: 0 };
    try {
      readEnvelope(bytes, {
        open: (header) => {
          if (header.sender.startsWith(this.#host)) {
            this.#counters.crossingsEchoed += 1;
            return false;
          }
          place = this.#placeOf(header);
          return true;
        },
        take: (publication, number) => this.#takeOne(publication, number, place),
      });
    } catch (error) {
      if (!(error instanceof FrameError)) {
        throw error;
      }
      this.#counters.crossingsRefused += 1;
    }
  };

  #takeOne(publication: Frame, number: number, place: Place): void {
    if (number < place.next) {
      this.#counters.crossingsLate += 1;
      return;
    }
    place.next = number + 1;
    this.#deliver(publication);
    this.#counters.crossedIn += 1;
  }

  /** Where a sender is, after the gap before this envelope was counted. */
  #placeOf({ sender, epoch, first }: Header): Place {
    const known = this.#places.get(sender);
    if (known === undefined) {
      return this.#begin(sender, { epoch, next: first });
    }
    if (epoch < known.epoch) {
      return { epoch, next: Number.POSITIVE_INFINITY }; // all of it is late
    }
    if (epoch > known.epoch) {
      return this.#begin(sender, { epoch, next: first });
    }
    if (first > known.next) {
      this.#counters.crossingsMissed += first - known.next;
      known.next = first;
    }
    return known;
  }

  #begin(sender: string, place: Place): Place {
    if (this.#places.size >= MOST_SENDERS && !this.#places.has(sender)) {
      const [oldest] = this.#places.keys();
      this.#places.delete(oldest ?? sender);
    }
    this.#places.set(sender, place);
    return place;
  }
}
