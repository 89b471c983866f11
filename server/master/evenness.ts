/**
 * Keeps workers even. Node's dealer serves whoever is free, so a worker that was busy falls behind; none
 * may be ahead of the emptiest by more than a margin, and the dealer passes it over until that one has
 * caught up. When even the emptiest is full there is nobody left to ask, and workers refuse by themselves.
 */

/** What workers are told. */
export interface Rule {
  /** Connections a worker may hold now. */
  most: number;
  areAllFull: boolean;
}

export interface EvennessOptions {
  /** Connections one worker may hold at all. */
  maxConnections: number;
  /** Told when the rule has changed by more than a trifle. */
  changed: (rule: Rule) => void;
  /** Monotonic, milliseconds. Default: the real time. */
  now?: () => number;
}

/**
 * How far a worker may be ahead of the emptiest: what may arrive between two counts, so that not all reach
 * the mark at once, and a share of what the emptiest has.
 */
const MARGIN = 256;
const MARGIN_SHARE = 0.02;
/** A change of the mark that is not worth a message. */
const TRIFLE = 16;
/** A worker that was not heard for so long may hang: the others do not wait for it. Milliseconds. */
const HEARD_WITHIN_MS = 3_000;

export class Evenness {
  readonly #workers = new Map<number, { connections: number; heardAt: number }>();
  readonly #options: EvennessOptions;
  readonly #now: () => number;
  #rule: Rule;

  constructor(options: EvennessOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
    this.#rule = this.#make();
  }

  /** What holds now. */
  get rule(): Rule {
    return this.#rule;
  }

  /** Notes what a worker holds. */
  note(worker: number, connections: number): void {
    this.#workers.set(worker, { connections, heardAt: this.#now() });
    this.#decide();
  }

  /** Notes a sign of life. */
  hear(worker: number): void {
    const known = this.#workers.get(worker);
    if (known !== undefined) {
      known.heardAt = this.#now();
      this.#decide();
    }
  }

  /** Forgets a worker that has ended. */
  forget(worker: number): void {
    this.#workers.delete(worker);
    this.#decide();
  }

  #decide(): void {
    const rule = this.#make();
    const { most, areAllFull } = this.#rule;
    if (rule.areAllFull !== areAllFull || Math.abs(rule.most - most) >= TRIFLE) {
      this.#rule = rule;
      this.#options.changed(rule);
    }
  }

  #make(): Rule {
    const { maxConnections } = this.#options;
    const alive = [...this.#workers.values()].filter(
      ({ heardAt }) => this.#now() - heardAt <= HEARD_WITHIN_MS,
    );
    if (alive.length === 0) {
      return { most: maxConnections, areAllFull: false };
    }
    const least = Math.min(...alive.map(({ connections }) => connections));
    const most = Math.min(maxConnections, Math.ceil(least * (1 + MARGIN_SHARE)) + MARGIN);
    return { most, areAllFull: least >= maxConnections };
  }
}
