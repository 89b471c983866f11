/**
 * The life of sockets in time: handshake deadline, pings, silence, expired tokens, call time-outs. One
 * wheel for all sockets of the worker. The first pings are spread by the socket's number, so that they
 * never align after a storm of connections.
 */
import { Wheel } from './wheel.ts';

/** What the heartbeat asks of a socket. */
export interface Pulse {
  readonly state: 'connecting' | 'open' | 'closed';
  /** Tick of the last message. */
  lastHeard: number;
  /** Whether the server itself does not read what the client sends. */
  readonly isPaused: boolean;
  /** Sends the ping of the protocol the client speaks. */
  ping(): void;
  /** Takes the token away if its time is up. */
  checkToken(): void;
  /** Gives up calls whose time is over. Returns ticks until the next one's is, or 0 when none waits. */
  checkCalls(tick: number): number;
  close(name: 'handshakeTimeout' | 'pongTimeout'): void;
}

export interface HeartbeatOptions {
  /** Milliseconds each. */
  pingInterval: number;
  pingTimeout: number;
  handshakeTimeout: number;
  /** Whether clients are kept however long they are silent. Default: they are not. */
  pingTimeoutDisabled?: boolean;
}

/** Length of a tick, milliseconds: fine enough for seconds, coarse enough to cost nothing. */
const TICK_MS = 100;

/**
 * Most ticks made up for at once. When the process stood still for longer, what clients sent meanwhile is
 * not read yet: their silence is ours.
 */
const MAX_CATCH_UP = 10;

/** Longest wait for a look at calls, ticks; a later deadline takes several looks. */
const LONGEST_REMINDER = 100;

/** Fractional part of the golden ratio: multiples of it spread evenly over [0, 1). */
const GOLDEN = 0.618_033_988_749_895;

export class Heartbeat {
  readonly #wheel: Wheel<Pulse>;
  readonly #reminders = new Wheel<Pulse>(LONGEST_REMINDER, (pulse, tick) => pulse.checkCalls(tick));
  readonly #interval: number;
  readonly #timeout: number;
  readonly #handshake: number;
  readonly #timer: NodeJS.Timeout;
  /** Ticks from the look at a handshake to the first ping, of sockets whose first ping comes later than that look. */
  readonly #rests = new Map<Pulse, number>();
  #started = performance.now();
  #added = 0;
  #pongTimeouts = 0;
  #handshakeTimeouts = 0;

  constructor(options: HeartbeatOptions) {
    this.#interval = ticks(options.pingInterval);
    this.#timeout =
      options.pingTimeoutDisabled === true ? Number.POSITIVE_INFINITY : ticks(options.pingTimeout);
    this.#handshake = ticks(options.handshakeTimeout);
    this.#wheel = new Wheel(Math.max(this.#interval, this.#handshake), (pulse, tick) =>
      this.#visit(pulse, tick),
    );
    this.#timer = setInterval(() => this.#catchUp(), TICK_MS);
    this.#timer.unref();
  }

  /** Ticks since the worker started, without those it stood still: the clock of `lastHeard` and of deadlines. */
  get now(): number {
    return this.#wheel.now;
  }

  /** Sockets closed so far for silence and for doing no handshake. */
  get timeouts(): { pongTimeouts: number; handshakeTimeouts: number } {
    return { pongTimeouts: this.#pongTimeouts, handshakeTimeouts: this.#handshakeTimeouts };
  }

  /** Takes a new socket under its care until it is closed. */
  add(pulse: Pulse): void {
    this.#added += 1;
    const spread = Math.ceil(((this.#added * GOLDEN) % 1) * this.#interval);
    if (spread > this.#handshake) this.#rests.set(pulse, spread - this.#handshake);
    this.#wheel.add(pulse, Math.min(spread, this.#handshake));
  }

  /** Looks at the calls of a socket in so many ticks, and on for as long as some wait. */
  remind(pulse: Pulse, ticks: number): void {
    this.#reminders.add(pulse, ticks);
  }

  /** Stops time. */
  stop(): void {
    clearInterval(this.#timer);
  }

  /** A busy loop skips timer calls; ticks keep their length all the same. */
  #catchUp(): void {
    const due = Math.floor((performance.now() - this.#started) / TICK_MS);
    const target = Math.min(due, this.#wheel.now + MAX_CATCH_UP);
    this.#started += (due - target) * TICK_MS;
    while (this.#wheel.now < target) {
      this.#wheel.advance();
      this.#reminders.advance();
    }
  }

  #visit(pulse: Pulse, tick: number): number {
    const rest = this.#rests.get(pulse);
    if (rest !== undefined) this.#rests.delete(pulse);
    if (pulse.state === 'closed') {
      return 0;
    }
    if (pulse.isPaused) {
      pulse.lastHeard = tick; // pongs are there and not read: the silence is ours
    }
    const silent = tick - pulse.lastHeard;
    if (pulse.state === 'connecting') {
      if (silent >= this.#handshake) {
        this.#handshakeTimeouts += 1;
        pulse.close('handshakeTimeout');
        return 0;
      }
      return Math.min(this.#handshake - silent, this.#interval);
    }
    if (silent >= this.#timeout) {
      this.#pongTimeouts += 1;
      pulse.close('pongTimeout');
      return 0;
    }
    if (rest !== undefined) return Math.min(rest, this.#timeout - silent);
    pulse.checkToken();
    pulse.ping();
    return Math.min(this.#interval, this.#timeout - silent);
  }
}

/** Whole ticks of a time, at least one. */
export function ticks(milliseconds: number): number {
  return Math.max(1, Math.ceil(milliseconds / TICK_MS));
}
