/**
 * Drives one share of a plan: lets its users arrive, send and publish when the plan says so, cuts a
 * window every second, waits for the last answers, tells the totals. What comes back is taken by `Users`.
 *
 * Nothing is skipped to catch up: what could not leave in time leaves late, and the lateness is recorded.
 */
import { performance } from 'node:perf_hooks';
import { type Clock, createSocketClusterDriver, type Driver } from '../drivers/index.ts';
import {
  arrivalSeconds,
  channelName,
  firstSend,
  nextSend,
  type Plan,
  publicationChannel,
  type Share,
  subscriptionsOf,
  usersOf,
} from '../plan/index.ts';
import { createLoadMeter } from './load.ts';
import type { AgentReport } from './messages.ts';
import { Pacer } from './pacer.ts';
import { Recorder } from './recorder.ts';
import { Users } from './users.ts';

/** A connection that has not come through by then has failed, seconds. */
const CONNECT_WITHIN = 10;

/** Publications are still under way while fewer seconds than this have passed since the last delivery. */
const QUIET_AFTER_PUSH = 1;

/** How often a share that only waits looks whether it may end, seconds. */
const DRAIN_LOOK_EVERY = 0.05;

/** Shortest sleep between two looks at the pacer. Longer sleeps cost less and make sends later. */
const SHORTEST_SLEEP_MS = 1;

/** What a share needs to run. */
export interface ShareOptions {
  share: Share;
  /** The address behind the target's host. */
  address: string;
  /** Takes windows and totals as they come up. */
  report: (report: AgentReport) => void;
}

class RunClock implements Clock {
  startEpochMs = 0;

  now(): number {
    // The monotonic clock: no correction of the wall clock can bend an interval.
    return (performance.timeOrigin - this.startEpochMs + performance.now()) / 1000;
  }
}

/** One run of one share: `go` once, then `abort` at any time or wait for `done`. */
export class ShareRun {
  /** Users of this share. */
  readonly users: number;
  /** Resolves when the totals are told and all connections are closed. */
  readonly done: Promise<void>;
  readonly #share: Share;
  readonly #plan: Plan;
  readonly #report: (report: AgentReport) => void;
  readonly #clock = new RunClock();
  readonly #load = createLoadMeter();
  readonly #recorder: Recorder;
  readonly #users: Users;
  readonly #driver: Driver;
  readonly #pacer: Pacer;
  /** Number of each user within the whole run. */
  readonly #numbers: Int32Array;
  /** How often each user's turn to send has come. */
  readonly #turns: Int32Array;
  readonly #sendUntil: number;
  readonly #endAt: number;
  #resolveDone = (): void => {};
  #timer: NodeJS.Timeout | undefined;
  /** The second whose window is open. */
  #second = 0;
  #ended = false;

  /** Makes all buffers the share needs; nothing happens until `go`. */
  constructor({ share, address, report }: ShareOptions) {
    const { plan } = share;
    this.#share = share;
    this.#plan = plan;
    this.#report = report;
    this.#numbers = Int32Array.from(usersOf(share));
    this.users = this.#numbers.length;
    this.#turns = new Int32Array(this.users);
    this.#pacer = new Pacer(this.users);
    this.#recorder = new Recorder(share.process, () => this.#load.read());
    this.#users = new Users({
      count: this.users,
      answerWithin: plan.answerWithin,
      recorder: this.#recorder,
      subscribe: (user) => this.#subscribe(user),
    });
    this.#driver = createSocketClusterDriver({
      users: this.users,
      target: share.target,
      address,
      behaviour: plan.behaviour,
      clock: this.#clock,
      events: this.#users,
    });
    this.#endAt = plan.phases.at(-1)?.end ?? 0;
    this.#sendUntil = plan.phases.find(({ name }) => name === 'drain')?.start ?? this.#endAt;
    this.done = new Promise((resolve) => {
      this.#resolveDone = resolve;
    });
  }

  /** Fixes the common start, milliseconds since the epoch, and begins. */
  go(at: number): void {
    if (this.#ended) return;
    this.#clock.startEpochMs = at;
    this.#load.read(); // What it cost to get ready belongs to no window.
    for (let user = 0; user < this.users; user += 1) {
      this.#schedule(user, arrivalSeconds(this.#plan, this.#numberOf(user)));
    }
    this.#sleep();
  }

  /** Ends now: the last window and the totals are told without waiting for answers. */
  abort(): void {
    this.#finish(this.#clock.now());
  }

  #sleep(): void {
    const now = this.#clock.now();
    const latest = now < this.#sendUntil ? this.#second + 1 : now + DRAIN_LOOK_EVERY;
    const sleepMs = (this.#pacer.nextDue(latest) - now) * 1000;
    this.#timer = setTimeout(this.#wake, Math.max(SHORTEST_SLEEP_MS, sleepMs));
  }

  readonly #wake = (): void => {
    const now = this.#clock.now();
    this.#pacer.runDue(now, this.#turn);
    if (now >= this.#endAt || this.#isDrained(now)) {
      this.#finish(now);
      return;
    }
    if (now >= this.#second + 1) this.#endSecond(now);
    this.#sleep();
  };

  /** Cuts the window of the second that is over. Seconds slept through as a whole stay without one. */
  #endSecond(now: number): void {
    this.#giveUp(now);
    this.#reportWindow();
    this.#second = Math.floor(now);
  }

  #giveUp(now: number): void {
    this.#users.giveUpSends(now);
    this.#users.giveUpConnects(now - CONNECT_WITHIN, (user) => this.#driver.abandon(user, 'timeout'));
  }

  #reportWindow(): void {
    this.#report({ type: 'window', window: this.#recorder.cut(this.#second) });
  }

  #isDrained(now: number): boolean {
    if (now < this.#sendUntil || this.#users.inFlight > 0 || this.#users.isAnyConnecting) return false;
    if (this.#plan.behaviour.kind === 'ping-pong') return true;
    return now - Math.max(this.#sendUntil, this.#users.lastPush) >= QUIET_AFTER_PUSH;
  }

  #finish(now: number): void {
    if (this.#ended) return;
    this.#ended = true;
    clearTimeout(this.#timer);
    this.#giveUp(now);
    // Whoever is still connecting has failed: nobody will know how it would have ended.
    this.#users.giveUpConnects(now, (user) => this.#driver.abandon(user, 'unfinished'));
    this.#reportWindow();
    this.#report({ type: 'totals', totals: this.#recorder.totals(this.#users.inFlight) });
    this.#load.close();
    void this.#driver.close().then(this.#resolveDone);
  }

  readonly #turn = (user: number, due: number): void => {
    if (this.#users.isWaiting(user)) this.#arrive(user);
    else this.#send(user, due);
  };

  #arrive(user: number): void {
    const { sourceAddresses } = this.#share;
    this.#users.connecting(user, this.#clock.now());
    this.#driver.connect(user, sourceAddresses[user % sourceAddresses.length]);
    this.#schedule(user, firstSend(this.#plan, this.#numberOf(user)));
  }

  #subscribe(user: number): number {
    const channels = subscriptionsOf(this.#plan, this.#numberOf(user));
    if (channels.length > 0) this.#driver.subscribe(user, channels.map(channelName));
    return channels.length;
  }

  /** Takes all turns of a user that have come by now: at high rates several events leave in one write. */
  #send(user: number, due: number): void {
    const now = this.#clock.now();
    const isPingPong = this.#plan.behaviour.kind === 'ping-pong';
    const isReady = this.#users.isReady(user);
    let count = 0;
    let intended = due;
    do {
      count += 1;
      if (isReady && isPingPong) this.#users.sent(user, intended, now);
      if (isReady && !isPingPong) this.#publish(user, intended, now);
      intended = this.#nextTurn(user, intended);
    } while (intended <= now && intended < this.#sendUntil);
    if (!isReady) this.#recorder.unsent(count);
    else if (isPingPong) this.#driver.send(user, count);
    this.#schedule(user, intended);
  }

  #publish(user: number, intended: number, now: number): void {
    const publisher = this.#numberOf(user);
    const sequence = this.#turns[user] ?? 0;
    const channel = channelName(publicationChannel(this.#plan, publisher, sequence));
    this.#driver.publish(user, channel, { publisher, sequence, intended });
    this.#recorder.published(now - intended);
  }

  #nextTurn(user: number, previous: number): number {
    const turn = (this.#turns[user] ?? 0) + 1;
    this.#turns[user] = turn;
    return nextSend(this.#plan, this.#numberOf(user), turn, previous);
  }

  #schedule(user: number, due: number): void {
    if (due < this.#sendUntil) this.#pacer.schedule(user, due);
  }

  #numberOf(user: number): number {
    return this.#numbers[user] ?? 0;
  }
}
