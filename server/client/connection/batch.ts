/** Packets of an open connection: each on its own, or several as one array while a batch is collected. */
import { MAX_BATCH } from '../../protocol/index.ts';
import type { Clock } from './clock.ts';

export class Batch<Packet> {
  readonly #send: (packets: Packet | Packet[]) => void;
  readonly #clock: Clock;
  #waiting: Packet[] = [];
  #isCollecting = false;
  #stopTimer: (() => void) | undefined;

  /** @param send Sends one packet, or an array of them as one message. */
  constructor(send: (packets: Packet | Packet[]) => void, clock: Clock) {
    this.#send = send;
    this.#clock = clock;
  }

  /** Sends a packet, or keeps it for the batch. */
  add(packet: Packet): void {
    if (this.#isCollecting || this.#stopTimer !== undefined) {
      this.#waiting.push(packet);
    } else {
      this.#send(packet);
    }
  }

  /** Collects from now on, until `flush` or `cancel`. */
  start(): void {
    this.#isCollecting = true;
  }

  /** Sends what was collected and ends the collecting. */
  flush(): void {
    this.#isCollecting = false;
    const packets = this.#waiting;
    this.#waiting = [];
    // A server ends a connection that sends a longer array.
    for (let first = 0; first < packets.length; first += MAX_BATCH) {
      this.#send(packets.slice(first, first + MAX_BATCH));
    }
  }

  /** Sends all that `work` sends in one message, or with the batch that is collected anyway. */
  around(work: () => void): void {
    const isOuter = this.#isCollecting;
    this.start();
    work();
    this.#isCollecting = isOuter;
    if (!isOuter && this.#stopTimer === undefined) {
      this.flush();
    }
  }

  /** Forgets what was collected and ends the collecting. */
  cancel(): void {
    this.#isCollecting = false;
    this.drop();
  }

  /** Forgets what was collected, as the connection it was for has ended. */
  drop(): void {
    this.#waiting = [];
  }

  /** Sends what was collected every `interval` ms until `stopRegular`. */
  startRegular(interval: number): void {
    this.#stopTimer?.();
    this.#stopTimer = this.#clock.schedule(() => {
      this.flush();
      this.startRegular(interval);
    }, interval);
  }

  /** Collects for `duration` ms, unless it collects regularly anyway. */
  startFor(duration: number): void {
    this.#stopTimer ??= this.#clock.schedule(() => this.stopRegular(), duration);
  }

  /** Sends what was collected and goes back to one message a packet. */
  stopRegular(): void {
    this.#stopTimer?.();
    this.#stopTimer = undefined;
    this.flush();
  }
}
