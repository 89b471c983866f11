/** Sends clients away so that they come back to somebody else, not all at once, and with their answers. */
import { type Farewell, Pacer, STEP_MS } from '../process/farewell/index.ts';

/** A client as it is seen here. */
interface Departing {
  /** False once either side has ended the connection. */
  readonly isReachable: boolean;
  /** Closes as soon as nothing the client asked for is in hand; false while something is. */
  depart(): boolean;
  close(name: 'goingAway'): void;
  terminate(): void;
}

/** What has become of the clients. */
export interface Departures {
  /** Clients that are still here. */
  left: number;
  /** Clients told to go so far. */
  sentAway: number;
  /** Those whose connection was cut, as they did not go in time. */
  cutOff: number;
}

/** Shares of the rest after which those with calls in hand are sent away all the same, and who is left is cut off. */
const ANSWERS_SHARE = 3 / 8;
const CUT_SHARE = 1 / 2;

/**
 * Closes everyone with 1001, at the pace of the farewell and each with the answers that are under way, and drops who
 * is left when half of the rest is over. Those who come in meanwhile, as their connection was under way, are told at
 * once where no limit forbids it.
 *
 * @param present Tells who is there now.
 * @param tell Hears at each look what has become of them.
 */
export function drain<Client extends Departing>(
  present: () => Client[],
  farewell: Farewell,
  tell: (departures: Departures) => void = ignore,
): Promise<void> {
  return new Departure(present, farewell, tell).run();
}

class Departure<Client extends Departing> {
  readonly #present: () => Client[];
  readonly #farewell: Farewell;
  readonly #tell: (departures: Departures) => void;
  readonly #known: Set<Client>;
  /** Those whose turn is still to come, the next one last. */
  readonly #queue: Client[];
  /** Those whose turn has come, and when, milliseconds: they may have calls in hand. */
  readonly #departing = new Map<Client, number>();
  readonly #departures: Departures;
  readonly #isLimited: boolean;
  /** Says whose turn it is; and, as several may be answered at the same time, how many may go. */
  readonly #turns: Pacer;
  readonly #exits: Pacer;
  readonly #begun = performance.now();
  /** When the last turn came, and at the earliest the end of the window. */
  #lastMs: number;

  constructor(present: () => Client[], farewell: Farewell, tell: (departures: Departures) => void) {
    const clients = present();
    this.#present = present;
    this.#farewell = farewell;
    this.#tell = tell;
    this.#known = new Set(clients);
    this.#queue = clients.toReversed();
    this.#departures = { left: clients.length, sentAway: 0, cutOff: 0 };
    this.#isLimited = farewell.mostPerSecond !== undefined;
    this.#turns = new Pacer(farewell, clients.length);
    this.#exits = new Pacer(farewell, clients.length);
    this.#lastMs = farewell.windowMs;
  }

  async run(): Promise<void> {
    const { restMs } = this.#farewell;
    let present = this.#present();
    while (present.length > 0) {
      const elapsedMs = performance.now() - this.#begun;
      this.#callUp(present, elapsedMs);
      this.#sendAway(elapsedMs);
      if (this.#queue.length === 0 && elapsedMs >= this.#lastMs + restMs * CUT_SHARE) {
        break;
      }
      this.#tell({ ...this.#departures, left: present.length });
      await pause();
      present = this.#present();
    }
    for (const client of present) {
      this.#departures.cutOff += 1;
      client.terminate();
    }
    this.#tell({ ...this.#departures, left: 0 });
  }

  /** Lets those go whose turn it is. Who has gone by himself takes nobody's turn. */
  #callUp(present: Client[], elapsedMs: number): void {
    const late = present.filter((client) => !this.#known.has(client));
    for (const client of late) {
      this.#known.add(client);
      this.#queue.push(client);
    }
    let due = this.#turns.due(elapsedMs) + (this.#isLimited ? 0 : late.length);
    while (due > 0 && this.#queue.length > 0) {
      const client = this.#queue.pop();
      if (client?.isReachable === true) {
        this.#departing.set(client, elapsedMs);
        due -= 1;
      }
    }
    if (this.#queue.length > 0) {
      this.#lastMs = Math.max(this.#lastMs, elapsedMs);
    }
  }

  #sendAway(elapsedMs: number): void {
    let due = this.#isLimited ? this.#exits.due(elapsedMs) : Number.POSITIVE_INFINITY;
    for (const [client, since] of this.#departing) {
      if (!client.isReachable) {
        this.#departing.delete(client);
      } else if (due > 0 && this.#dismiss(client, elapsedMs, since)) {
        this.#departing.delete(client);
        this.#departures.sentAway += 1;
        due -= 1;
      }
    }
    if (this.#isLimited && this.#departing.size > 0) {
      this.#lastMs = Math.max(this.#lastMs, elapsedMs);
    }
  }

  /** Closes a connection as soon as its client has its answers, or has waited for them long enough. */
  #dismiss(client: Client, elapsedMs: number, since: number): boolean {
    const patienceMs = this.#farewell.restMs * ANSWERS_SHARE;
    if (elapsedMs < patienceMs + (this.#isLimited ? since : this.#lastMs)) {
      return client.depart();
    }
    client.close('goingAway');
    return true;
  }
}

/** Until the next look, and until what has arrived by then is read: what a client asked in time is answered. */
function pause(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(() => setImmediate(resolve), STEP_MS);
  });
}

function ignore(): void {}
