/**
 * Drives one share of a plan: wakes its users when something is due, tells a window every second, waits for the
 * last answers, tells the totals. What users do is known to the `Crew`.
 */
import { type CreateDriver, loadDriver } from '../drivers/index.ts';
import { growDescriptorTable } from '../host/index.ts';
import type { Share } from '../plan/index.ts';
import { createHistogram, type Window } from '../results/index.ts';
import { type Alarm, type CreateAlarm, createTimerAlarm } from './alarm/index.ts';
import { RunClock } from './clock.ts';
import { Crew } from './crew.ts';
import { loadOwnBehaviours, type OwnBehaviours } from './custom/index.ts';
import type { AgentReport, EndsReport } from './messages.ts';
import { type ClosedWindow, createLoadMeter, LoopDelay, Recorder } from './recording/index.ts';

/** How often a share that only waits looks whether it may end, seconds. */
const DRAIN_LOOK_EVERY = 0.05;

/** Longest sleep while there are histograms to encode, seconds. */
const ENCODE_EVERY = 0.001;

/** How long a share waits at its end for other load processes to tell what it has to know of them, seconds. */
const HEAR_WITHIN = 5;

/** What a share needs to run. */
export interface ShareOptions {
  share: Share;
  /** The address behind the target's host. */
  address: string;
  /** Takes windows and totals as they come up. */
  report: (report: AgentReport) => void;
  /** How to sleep. Default: by Node's timers. */
  createAlarm?: CreateAlarm;
}

/**
 * Makes everything a share needs; nothing happens until `go`.
 *
 * @throws ClusterError OPTION_INVALID for an unknown driver or a behaviour that cannot be loaded.
 */
export async function prepareShare(options: ShareOptions): Promise<ShareRun> {
  const createDriver = await loadDriver(options.share.driver);
  const ownBehaviours = await loadOwnBehaviours(options.share.plan.groups);
  // The first one compiles its code, which takes 20 ms: not when the first user comes.
  createHistogram().destroy();
  const run = new ShareRun({ ...options, createDriver, ownBehaviours });
  growDescriptorTable(run.users);
  return run;
}

/** One run of one share: `go` once, then `abort` at any time or wait for `done`. */
export class ShareRun {
  /** Users of this share. */
  readonly users: number;
  /** Resolves when the totals are told and all connections are closed. */
  readonly done: Promise<void>;
  readonly #tell: (report: AgentReport) => void;
  readonly #clock = new RunClock();
  readonly #load = createLoadMeter();
  readonly #recorder: Recorder;
  readonly #loopDelay: LoopDelay;
  readonly #crew: Crew;
  /** Until then users only come, and a millisecond does not matter. */
  readonly #comeUntil: number;
  readonly #sendUntil: number;
  readonly #endAt: number;
  readonly #alarm: Alarm;
  #resolveDone = (): void => {};
  /** The second whose window is open. */
  #second = 0;
  /** The window of the second before, until it is encoded and told. */
  #closed: ClosedWindow | undefined;
  /** When the alarm is to ring, seconds. */
  #ringsAt = 0;
  #isAwake = true;
  #isLooking = false;
  #hasBegun = false;
  #ended = false;

  constructor(options: ShareOptions & { createDriver: CreateDriver; ownBehaviours: OwnBehaviours }) {
    const { plan, process } = options.share;
    const [ramp, drain] = [plan.phases.at(0), plan.phases.at(-1)];
    this.#tell = options.report;
    this.#comeUntil = ramp === undefined || ramp.measured ? 0 : ramp.end;
    this.#endAt = drain?.end ?? 0;
    this.#sendUntil = drain?.start ?? 0;
    this.#recorder = new Recorder(process, () => this.#load.read());
    this.#loopDelay = new LoopDelay((delay) => this.#recorder.looked(delay));
    const [clock, recorder, until] = [this.#clock, this.#recorder, this.#sendUntil];
    const heard = () => this.#heard();
    const scheduled = (due: number) => this.#scheduled(due);
    this.#crew = new Crew({ ...options, clock, recorder, until, heard, scheduled });
    this.users = this.#crew.users.count;
    this.#alarm = (options.createAlarm ?? createTimerAlarm)(() => this.#wake());
    this.done = new Promise((resolve) => {
      this.#resolveDone = resolve;
    });
  }

  /**
   * Fixes the common start, milliseconds since the epoch, and begins.
   * @param ownAt The same instant by this process's own clock. Default: the same number.
   */
  go(at: number, ownAt?: number): void {
    if (this.#ended) return;
    this.#clock.start(at, ownAt);
    this.#load.read(); // What it cost to get ready belongs to no window.
    this.#crew.begin();
    this.#sleep();
  }

  /** Takes where the publishers of another load process stand at the end. */
  learn(report: EndsReport): void {
    if (!this.#ended) this.#crew.exchange.learn(report);
  }

  /** Takes an error that nobody caught. Says whether the run goes on. */
  survive(error: unknown): boolean {
    return this.#crew.survive(error);
  }

  /** Ends now: the last window and the totals are told without waiting for answers. */
  abort(): void {
    this.#finish(this.#clock.now(), false);
  }

  #sleep(): void {
    const now = this.#clock.now();
    const isDraining = now >= this.#sendUntil;
    const end = isDraining ? now + DRAIN_LOOK_EVERY : Math.min(this.#second + 1, this.#sendUntil);
    const latest = this.#closed === undefined ? end : Math.min(end, now + ENCODE_EVERY);
    this.#ringsAt = this.#crew.nextDue(Math.min(latest, this.#loopDelay.next));
    this.#isAwake = false;
    // All hosts begin together, whoever comes first.
    const isRough = this.#hasBegun && this.#ringsAt < this.#comeUntil;
    this.#recorder.slept(this.#alarm.set((this.#ringsAt - now) * 1000, isRough));
  }

  /** Something came due, perhaps before the alarm rings: an answer leads to the next turn of a closed model. */
  #scheduled(due: number): void {
    if (!this.#isAwake && due < this.#ringsAt) this.#sleep();
  }

  /** Something came in, so the process is awake: who is due by now need not wait for the alarm. */
  #heard(): void {
    if (this.#isLooking) return;
    this.#isLooking = true;
    setImmediate(this.#look);
  }

  readonly #look = (): void => {
    this.#isLooking = false;
    if (!this.#isAwake && this.#clock.now() >= this.#ringsAt) this.#wake();
  };

  #wake(): void {
    this.#isAwake = true;
    const now = this.#clock.now();
    if (!this.#hasBegun && now >= 0) this.#begin(now);
    // Before anything of the next second happens.
    const isSecondOver = now >= this.#second + 1 && now < this.#endAt;
    if (isSecondOver) this.#endSecond(now);
    this.#loopDelay.look(now);
    this.#crew.runDue(now);
    const { exchange } = this.#crew;
    if (now >= this.#sendUntil) exchange.tell();
    const endAt = exchange.isComplete ? this.#endAt : this.#endAt + HEAR_WITHIN;
    if (now >= endAt || (now >= this.#sendUntil && this.#crew.isAtRest(now))) {
      this.#finish(now, true);
      return;
    }
    // Right after the turns, when it is longest until the next.
    if (!isSecondOver) this.#report(this.#closed?.encodeOne());
    this.#sleep();
  }

  #begin(now: number): void {
    this.#hasBegun = true;
    this.#tell({ type: 'begun', lateMs: now * 1000 });
  }

  /** Closes the window of the second that is over. Seconds slept through as a whole stay without one. */
  #endSecond(now: number): void {
    this.#crew.tidy(now);
    this.#report(this.#closed?.encodeAll());
    this.#closed = this.#recorder.close(this.#second);
    this.#second = Math.floor(now);
  }

  #report(window: Window | undefined): void {
    if (window === undefined) return;
    this.#closed = undefined;
    this.#tell({ type: 'window', window });
  }

  #finish(now: number, wasWaitedFor: boolean): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#isAwake = true;
    this.#alarm.close();
    this.#crew.finish(now, wasWaitedFor);
    this.#report(this.#closed?.encodeAll());
    this.#report(this.#recorder.cut(this.#second));
    this.#tell({ type: 'totals', totals: this.#recorder.totals(this.#crew.inFlight) });
    this.#load.close();
    void this.#crew.close().then(this.#resolveDone);
  }
}
