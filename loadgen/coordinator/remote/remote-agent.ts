/** One agent that works for this coordinator: its line, its clock and its load processes. */
import { ClusterError } from '../../../server/errors/index.ts';
import type { Child, Exit, Message } from '../../../server/process/index.ts';
import type { SealedBundle } from '../../bundle/index.ts';
import {
  askClock,
  type Bus,
  type ClockEstimate,
  type Exchange,
  estimateClock,
  type Hello,
  Line,
  type Patience,
  type Report,
  readAs,
  report,
} from '../../bus/index.ts';
import { isTotals, isWindow } from '../../results/index.ts';
import { RemoteChild } from './remote-child.ts';

/** An agent is lost within three seconds; after a restart of NATS it may take longer to find it than this process. */
const PATIENCE: Patience = { silenceMs: 2_000, returnMs: 10_000, awayMs: 30_000 };
/** Time to check a bundle and to reach the target, milliseconds. */
const AGREE_WITHIN_MS = 30_000;
/** Time to start a load process, milliseconds. */
const START_WITHIN_MS = 30_000;
/** Time for an agent's last words, milliseconds. */
const RELEASE_WITHIN_MS = 15_000;

/** Exchanges before the start, and how many of those during the run are kept. */
const EXCHANGES = 25;
const KEPT_EXCHANGES = 10;

/** Who waits for which report; rejected when the agent is lost. */
interface Waiting {
  takes(told: Report): boolean;
  resolve(told: Report): void;
  reject(error: ClusterError): void;
}

export class RemoteAgent {
  readonly hello: Hello;
  readonly #bus: Bus;
  readonly #line: Line;
  readonly #children = new Map<number, RemoteChild>();
  readonly #waiting = new Set<Waiting>();
  #clock: ClockEstimate | undefined;
  #exchanges: Exchange[] = [];
  /** Furthest that its clock was off what the start was told by, milliseconds. */
  #worstClockMs = 0;
  /** Why it is gone; undefined while it is there. */
  #gone: string | undefined;

  /** @param line Name of its line; listened to from now on. */
  constructor(bus: Bus, hello: Hello, line: string) {
    this.#bus = bus;
    this.hello = hello;
    const { orders, reports } = bus.subjects.line(line);
    this.#line = new Line({
      bus,
      says: orders,
      hears: reports,
      patience: PATIENCE,
      message: (message) => this.#take(message),
      lost: (why) => this.#lose(why),
    });
  }

  /** How its clock stood to this process's when it was asked last before the start. */
  get clock(): ClockEstimate {
    if (this.#clock === undefined) throw new TypeError('Cannot tell a clock that was not asked for');
    return this.#clock;
  }

  /** How far times by its clock may be off over the run so far, milliseconds: what could not be told, and its drift. */
  get clockErrorMs(): number {
    return Math.max(this.clock.errorMs, this.#worstClockMs);
  }

  /** Asks for the time until it is known well. */
  async synchronize(): Promise<ClockEstimate> {
    this.#clock = estimateClock(await askClock(this.#bus, this.#clockSubject, EXCHANGES));
    return this.#clock;
  }

  /** Asks for the time once: clocks drift apart in a long run. */
  async watchClock(): Promise<void> {
    // While the bus is away there is nobody to ask.
    const exchanges = await askClock(this.#bus, this.#clockSubject, 1).catch(() => []);
    this.#exchanges = [...this.#exchanges, ...exchanges].slice(-KEPT_EXCHANGES);
    if (this.#exchanges.length < KEPT_EXCHANGES) return;
    const { offsetMs, errorMs } = estimateClock(this.#exchanges);
    this.#worstClockMs = Math.max(this.#worstClockMs, Math.abs(offsetMs - this.clock.offsetMs) + errorMs);
  }

  /** Gives it what is to be run. @throws ClusterError when it refuses: TARGET_UNREACHABLE, AGENT_UNFIT, AGENT_LOST. */
  async agree({ text, hash }: SealedBundle, planHash: string): Promise<void> {
    this.#line.send({ type: 'bundle', text, hash });
    const told = await this.#wait(AGREE_WITHIN_MS, ({ type }) => type === 'agreed' || type === 'refused');
    if (told.type === 'refused') {
      throw new ClusterError(`Agent "${this.hello.name}" refused: ${told.why}`, {
        code: told.isTarget ? 'TARGET_UNREACHABLE' : 'AGENT_UNFIT',
      });
    }
    if (told.type === 'agreed' && told.hash === hash && told.planHash === planHash) return;
    throw new ClusterError(
      `Cannot use agent "${this.hello.name}": it agreed to something else, wanted is ${hash}`,
      {
        code: 'AGENT_UNFIT',
      },
    );
  }

  /** Starts one of its load processes. @throws ClusterError AGENT_LOST. */
  async start(process: number, processes: number, sourceAddresses: string[]): Promise<Child> {
    this.#line.send({ type: 'start', process, processes, sourceAddresses });
    const told = await this.#wait(
      START_WITHIN_MS,
      (each) => (each.type === 'started' || each.type === 'not-started') && each.process === process,
    );
    const child = this.#children.get(process);
    if (told.type === 'started' && child !== undefined) return child;
    const why = told.type === 'not-started' ? told.why : 'it is gone';
    throw this.#error(`Cannot start load process ${process} of agent "${this.hello.name}": ${why}`);
  }

  /** Lets it go, and waits until nothing of the run is left there. */
  async release(): Promise<void> {
    this.#line.send({ type: 'release' });
    if (this.#gone === undefined) {
      await this.#wait(RELEASE_WITHIN_MS, ({ type }) => type === 'released').catch(() => undefined);
    }
    this.close();
  }

  /** Hears and says nothing more. */
  close(): void {
    this.#gone ??= 'it was let go';
    this.#line.close();
  }

  get #clockSubject(): string {
    return this.#bus.subjects.agent(this.hello.id).clock;
  }

  #take(message: unknown): void {
    const told = readAs(report, message);
    if (told === undefined || this.#gone !== undefined) return;
    if (told.type === 'started') this.#adopt(told.process, told.pid);
    if (told.type === 'told') this.#children.get(told.process)?.said(checked(told.message));
    if (told.type === 'exited') this.#children.get(told.process)?.ended(told.exit);
    if (told.type === 'leaving') this.#lose(told.why);
    for (const waiting of this.#waiting) {
      if (!waiting.takes(told)) continue;
      this.#waiting.delete(waiting);
      waiting.resolve(told);
    }
  }

  #adopt(process: number, pid: number): void {
    const line = {
      order: (order: object) => this.#line.send(order),
      toAgentClock: (ms: number) => ms + this.clock.offsetMs,
    };
    this.#children.set(process, new RemoteChild(process, pid, line));
  }

  #lose(why: string): void {
    if (this.#gone !== undefined) return;
    this.#gone = why;
    const exit: Exit = {
      code: null,
      signal: null,
      lastWords: `its agent "${this.hello.name}" is gone: ${why}`,
    };
    for (const child of this.#children.values()) child.ended(exit);
    for (const waiting of this.#waiting)
      waiting.reject(this.#error(`Lost agent "${this.hello.name}": ${why}`));
    this.#waiting.clear();
    this.#line.close();
  }

  async #wait(withinMs: number, takes: Waiting['takes']): Promise<Report> {
    if (this.#gone !== undefined) throw this.#error(`Lost agent "${this.hello.name}": ${this.#gone}`);
    let timer: NodeJS.Timeout | undefined;
    const told = new Promise<Report>((resolve, reject) => {
      const waiting = { takes, resolve, reject };
      this.#waiting.add(waiting);
      timer = setTimeout(() => {
        this.#waiting.delete(waiting);
        reject(this.#error(`Lost agent "${this.hello.name}": no answer within ${withinMs / 1_000} s`));
      }, withinMs);
    });
    return told.finally(() => clearTimeout(timer));
  }

  #error(message: string): ClusterError {
    return new ClusterError(message, { code: 'AGENT_LOST' });
  }
}

/** Everybody on the bus may write: what figures are made of is looked at before they are. The line ends by it. */
function checked(message: Message): Message {
  const { type, window, totals } = message;
  if (type === 'window' && !isWindow(window)) throw new TypeError('it told a window that is none');
  if (type === 'totals' && !isTotals(totals)) throw new TypeError('it told totals that are none');
  return message;
}
