/**
 * Everything a worker sends passes here. The first send to a wire in a loop turn corks it; one pass at the end of the turn
 * uncorks all, so that messages which meet leave in one write. A long turn has passes in between: libuv reads on for up to
 * 48 rounds while each finds 1,024 ready sockets, and an application that takes its time would answer nobody for seconds.
 * Waiting bytes are counted: past the soft limit data queues here, where pings can overtake it; at the hard limit the wire
 * is closed.
 */
import type { Wire } from '../../engine/index.ts';

export interface OutboxOptions {
  /** Bytes. */
  softLimit: number;
  /** Bytes. */
  hardLimit: number;
  /** Called once for a wire that reached the hard limit. */
  tooSlow: (wire: Wire) => void;
}

/** Frames that wait here because the wire has enough to do. */
interface Backlog {
  frames: Buffer[];
  bytes: number;
}

/** Longest time that what was sent waits for others, milliseconds. */
const LONGEST_TURN_MS = 10;

/** Frames from one look at the clock to the next. */
const LOOK_EVERY = 32;

export class Outbox {
  readonly #options: OutboxOptions;
  readonly #backlogs = new Map<Wire, Backlog>();
  #corked: Wire[] = [];
  /** When the first of them was corked, milliseconds. */
  #corkedAt = 0;
  #frames = 0;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  /** Frames sent so far. */
  get frames(): number {
    return this.#frames;
  }

  /** Wires whose data waits here now. */
  get congested(): number {
    return this.#backlogs.size;
  }

  /** Sends a frame, in order with all others but pings. Does nothing on a wire that is no longer open. */
  send(wire: Wire, frame: Buffer): void {
    if (!wire.isOpen) {
      return;
    }
    if (this.#backlogs.size > 0 && this.#backlogs.has(wire)) {
      this.#queue(wire, frame);
      return;
    }
    this.#write(wire, frame);
    if (wire.waiting > this.#options.softLimit) {
      this.#congest(wire);
    }
  }

  /** Sends a ping ahead of the data that waits here. */
  ping(wire: Wire, frame: Buffer): void {
    if (wire.isOpen) {
      this.#write(wire, frame);
    }
  }

  /** Writes all that waits here and then the frame, if any, whatever the limits say: the wire is closed next. */
  finish(wire: Wire, last?: Buffer): void {
    const frames = this.#backlogs.get(wire)?.frames ?? [];
    this.#backlogs.delete(wire);
    for (const frame of last === undefined ? frames : [...frames, last]) {
      this.#write(wire, frame);
    }
    this.#flush(wire);
  }

  /** Forgets a wire that has ended. */
  forget(wire: Wire): void {
    this.#backlogs.delete(wire);
  }

  #write(wire: Wire, frame: Buffer): void {
    if (!wire.corked) {
      wire.corked = true;
      wire.cork();
      if (this.#corked.push(wire) === 1) {
        this.#corkedAt = performance.now();
        setImmediate(this.#endTurn);
      }
    }
    this.#frames += 1;
    wire.write(frame);
    if (this.#frames % LOOK_EVERY === 0 && performance.now() - this.#corkedAt > LONGEST_TURN_MS) {
      this.#endTurn();
    }
  }

  #flush(wire: Wire): void {
    if (wire.corked) {
      wire.corked = false;
      wire.uncork();
    }
  }

  readonly #endTurn = (): void => {
    const corked = this.#corked;
    this.#corked = [];
    for (const wire of corked) {
      this.#flush(wire);
    }
  };

  #congest(wire: Wire): void {
    // Corked bytes wait for nobody but us: only what the kernel does not take counts.
    this.#flush(wire);
    if (wire.waiting > this.#options.softLimit) {
      this.#backlogs.set(wire, { frames: [], bytes: 0 });
      wire.onceDrained(() => this.#drained(wire));
      this.#check(wire, 0);
    }
  }

  #queue(wire: Wire, frame: Buffer): void {
    const backlog = this.#backlogs.get(wire);
    if (backlog === undefined) {
      return;
    }
    backlog.frames.push(frame);
    backlog.bytes += frame.length;
    this.#check(wire, backlog.bytes);
  }

  #check(wire: Wire, backlogBytes: number): void {
    if (wire.waiting + backlogBytes > this.#options.hardLimit) {
      this.#backlogs.delete(wire);
      this.#options.tooSlow(wire);
    }
  }

  #drained(wire: Wire): void {
    const backlog = this.#backlogs.get(wire);
    if (backlog === undefined) {
      return;
    }
    this.#backlogs.delete(wire);
    for (const frame of backlog.frames) {
      this.send(wire, frame);
    }
  }
}
