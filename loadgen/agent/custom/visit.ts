/** One connection of a user that does what the scenario's own function says. */
import type { Clock, Driver } from '../../drivers/index.ts';
import { SHORTEST_TIMER_MS } from '../alarm/index.ts';
import type { Answers } from '../answers/index.ts';
import type { Recorder, WorkerRecord } from '../recording/index.ts';
import type { Users } from '../users.ts';
import type { ThrownErrors } from './thrown.ts';
import { CallFailed, type User, UserGone } from './user.ts';
import { Waits } from './waits.ts';

/** What visits need. */
export interface VisitOptions {
  driver: Driver;
  answers: Answers;
  recorder: Recorder;
  thrown: ThrownErrors;
  clock: Clock;
  users: Users;
  /** Seconds in which a call is to be answered. */
  answerWithin: number;
  /** Seconds; nothing is sent from then on. */
  until: number;
}

/** The group whose user it is. */
export interface VisitGroup {
  name: string;
  /** The `options` of its behaviour. */
  options: unknown;
}

type Listener = (data: unknown) => void;
type Settle = (isError: boolean, content: unknown) => void;

/** One connection of one user. */
export class Visit implements User {
  readonly random: () => number;
  readonly #user: number;
  readonly #bench: VisitOptions;
  readonly #group: VisitGroup;
  readonly #waits = new Waits();
  readonly #responses = new Map<number, Settle>();
  readonly #listeners = new Map<string, Listener[]>();
  readonly #channels = new Map<string, Listener[]>();
  /** Calls that are no messages of the behaviour's. */
  readonly #subscribing = new Set<number>();
  #nextCall = 0;
  #hasThrown = false;

  constructor(user: number, bench: VisitOptions, group: VisitGroup, random: () => number) {
    this.#user = user;
    this.#bench = bench;
    this.#group = group;
    this.random = random;
    bench.recorder.visit(group.name, 'begun');
  }

  get options(): unknown {
    return this.#group.options;
  }

  get number(): number {
    return this.#bench.users.numberOf(this.#user);
  }

  get isConnected(): boolean {
    return this.#bench.users.isReady(this.#user) && this.now() < this.#bench.until;
  }

  /** Whether a response is still to come. */
  get isWaiting(): boolean {
    return this.#responses.size > 0;
  }

  now(): number {
    return this.#bench.clock.now();
  }

  sleep(seconds: number): Promise<void> {
    return this.#waits.start(() => undefined, { seconds, decide: (resolve) => resolve() });
  }

  async *turns(every: number): AsyncGenerator<number, never> {
    if (!(every > 0)) throw new TypeError(`Cannot take a turn every ${every} s: wanted a time above 0`);
    // What is left of a gap that was already running, as for all other users.
    let due = this.now() + every * this.random();
    for (;;) {
      // A timer may ring a millisecond early, and who sent before its time would be answered before it, too.
      do await this.sleep(Math.max(0, due - this.now()));
      while (this.now() < due);
      this.#bench.recorder.slept(SHORTEST_TIMER_MS);
      yield due;
      due += every * (0.5 + this.random());
    }
  }

  emit(event: string, data?: unknown): void {
    this.#expectConnection();
    this.#emit(event, data, undefined);
  }

  call(event: string, data?: unknown, due?: number): Promise<unknown> {
    return this.isConnected ? this.#call(event, data, due) : this.#waits.refuse(this.#gone());
  }

  on(event: string, listener: Listener): void {
    listenerList(this.#listeners, event).push(listener);
  }

  subscribe(channel: string, listener?: Listener): Promise<void> {
    return this.isConnected ? this.#subscribe(channel, listener) : this.#waits.refuse(this.#gone());
  }

  publish(channel: string, data: unknown): void {
    this.emit('#publish', { channel, data });
    this.#bench.recorder.published(channel);
  }

  /** An event came. */
  hear(event: string, data: unknown): void {
    if (event !== '#publish') return this.#tell(this.#listeners.get(event), data);
    // Whatever a target sends: drivers let nothing through that names no channel, and nothing here relies on it.
    const { channel, data: content } = Object(data) as Record<string, unknown>;
    if (typeof channel !== 'string') return;
    const listeners = this.#channels.get(channel);
    this.#counts[listeners === undefined ? 'pushUnasked' : 'pushed'] += 1;
    this.#tell(listeners, content);
  }

  /** A response came. Says whether it answers a message that is counted. */
  respond(call: number, isError: boolean, content: unknown): boolean {
    this.#responses.get(call)?.(isError, content);
    this.#responses.delete(call);
    const isSubscription = this.#subscribing.delete(call);
    if (isSubscription && !isError) this.#counts.subscribed += 1;
    return !isSubscription;
  }

  /** The function ended with an error, or a listener did. */
  threw(error: unknown): void {
    const { recorder, thrown } = this.#bench;
    if (!thrown.count(error)) return;
    if (!this.#hasThrown) recorder.visit(this.#group.name, 'threw');
    this.#hasThrown = true;
  }

  /** The connection is over. */
  end(): void {
    this.#responses.clear();
    this.#waits.end(new UserGone(`Cannot go on as user ${this.number}: its connection is over`));
  }

  get #counts(): WorkerRecord['counts'] {
    return this.#bench.users.workerOf(this.#user).counts;
  }

  /** A behaviour may ask for a channel without `subscribe`, too. It is never taken back: some may be under way. */
  #emit(event: string, data: unknown, call: number | undefined): void {
    this.#bench.driver.emit(this.#user, event, data, call);
    if (event !== '#subscribe') return;
    const { channel } = Object(data) as Record<string, unknown>;
    if (typeof channel !== 'string') return;
    listenerList(this.#channels, channel);
    this.#bench.recorder.audience.ask(channel);
  }

  async #call(event: string, data: unknown, due: number | undefined): Promise<unknown> {
    const now = this.now();
    if (Number.isNaN(due)) throw new TypeError(`Cannot call "${event}": it is due at NaN, wanted a time`);
    // Timed from later than it left, an answer would look quicker than it was.
    const intended = due === undefined ? undefined : Math.min(due, now);
    return this.#respondTo(event, data, (call) => {
      this.#bench.answers.sent(this.#user, intended, now, call);
    });
  }

  async #subscribe(channel: string, listener: Listener | undefined): Promise<void> {
    const listeners = listenerList(this.#channels, channel);
    if (listener !== undefined) listeners.push(listener);
    this.#subscribing.add(this.#nextCall);
    await this.#respondTo('#subscribe', { channel });
  }

  /** Calls; `left` is told when it could be encoded, and so has left. */
  #respondTo(event: string, data: unknown, left: (call: number) => void = () => {}): Promise<unknown> {
    const call = this.#nextCall;
    this.#nextCall += 1;
    const failure = (content: unknown): CallFailed =>
      new CallFailed(
        `Cannot call "${event}": ${content === undefined ? 'no response' : 'an error'} came`,
        content,
      );
    return this.#waits.start(
      (resolve, reject) => {
        this.#emit(event, data, call);
        left(call);
        this.#responses.set(call, (isError, content) => {
          if (isError) reject(failure(content));
          else resolve(content);
        });
      },
      {
        seconds: this.#bench.answerWithin,
        decide: (_resolve, reject) => {
          this.#responses.delete(call);
          reject(failure(undefined));
        },
      },
    );
  }

  #tell(listeners: readonly Listener[] | undefined, data: unknown): void {
    for (const listener of listeners ?? []) {
      try {
        listener(data);
      } catch (error) {
        this.threw(error);
      }
    }
  }

  #expectConnection(): void {
    if (!this.isConnected) throw this.#gone();
  }

  #gone(): UserGone {
    return new UserGone(`Cannot send as user ${this.number}: its connection is over`);
  }
}

function listenerList(lists: Map<string, Listener[]>, name: string): Listener[] {
  const list = lists.get(name) ?? [];
  lists.set(name, list);
  return list;
}
