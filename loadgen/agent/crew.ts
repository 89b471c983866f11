/**
 * The users of one share and all that keeps them going: who takes what the driver tells, and what it leads to.
 * When things happen is decided by `ShareRun`.
 */
import type { Clock, CreateDriver, Driver, DriverEvents } from '../drivers/index.ts';
import { createSchedule, type Plan, type Schedule, type Share, usersOf } from '../plan/index.ts';
import { Answers } from './answers/index.ts';
import { createRoutine, type Routine } from './behaviours/index.ts';
import { type OwnBehaviours, OwnRoutine } from './custom/index.ts';
import { driverOptionsOf } from './driver-options.ts';
import { Exchange } from './exchange.ts';
import { Connections, type ConnectionsOptions, Lives, Stalls } from './life/index.ts';
import type { AgentReport } from './messages.ts';
import { createOracle, type Oracle } from './oracle/index.ts';
import { type Fire, type Lane, lanesOf, Timers } from './pacing/index.ts';
import type { Recorder } from './recording/index.ts';
import { Spreads } from './spreads/index.ts';
import { Turns } from './turns.ts';
import { Users } from './users.ts';

/** What a crew needs. */
export interface CrewOptions {
  share: Share;
  /** The address behind the target's host. */
  address: string;
  clock: Clock;
  recorder: Recorder;
  createDriver: CreateDriver;
  ownBehaviours: OwnBehaviours;
  report: (report: AgentReport) => void;
  /** Seconds; nothing is sent from then on. */
  until: number;
  /** Told when something comes due that was not before, seconds. */
  scheduled?: (due: number) => void;
  /** Told of everything that comes in while users arrive and take turns. */
  heard?: () => void;
}

/** Publications are still under way while fewer seconds than this have passed since the last delivery. */
const QUIET_AFTER_PUSH = 1;

/** All users of a load process. */
export class Crew {
  readonly users: Users;
  readonly exchange: Exchange;
  /** When the last publication was delivered, seconds; minus infinity before the first. */
  #lastPush = Number.NEGATIVE_INFINITY;
  readonly #driver: Driver;
  readonly #plan: Plan;
  readonly #schedule: Schedule;
  readonly #clock: Clock;
  readonly #until: number;
  readonly #own: OwnRoutine | undefined;
  readonly #timers: Timers;
  readonly #answers: Answers;
  readonly #connections: Connections;
  readonly #oracle: Oracle;
  readonly #spreads: Spreads;
  readonly #lives: Lives;
  readonly #turns: Turns;
  readonly #stalls: Stalls;
  readonly #routines: readonly Routine[];
  readonly #heard: () => void;

  constructor(options: CrewOptions) {
    const { share, clock, recorder, report, until } = options;
    const { plan } = share;
    const schedule = createSchedule(plan);
    this.#plan = plan;
    this.#schedule = schedule;
    this.#clock = clock;
    this.#until = until;
    this.#heard = options.heard ?? (() => {});
    this.users = new Users(usersOf(share), (number) => schedule.groupOf(number));
    const { users } = this;
    const timers = new Timers(users.count, lanesOf(plan), until, options.scheduled);
    this.#timers = timers;
    const driver = options.createDriver(driverOptionsOf({ ...options, events: this.#events, users }));
    this.#driver = driver;
    const { answerWithin, seed } = plan;
    const settled = (user: number, at: number): void => this.#turns.settled(user, at);
    this.#answers = new Answers({ users, recorder, answerWithin, settled });
    this.#spreads = new Spreads(options);
    this.#oracle = createOracle({ schedule, users, spread: this.#spreads.take });
    this.exchange = new Exchange({ share, oracle: this.#oracle, report });
    const common = { answers: this.#answers, clock, driver, recorder, schedule, timers, until, users };
    const { ownBehaviours: behaviours } = options;
    const own = { ...common, answerWithin, behaviours, report, seed };
    this.#own = behaviours.size === 0 ? undefined : new OwnRoutine(own);
    this.#routines = plan.groups.map(({ behaviour }) =>
      createRoutine(behaviour, { ...common, oracle: this.#oracle, custom: this.#own }),
    );
    this.#turns = new Turns({ ...common, routines: this.#routines });
    this.#stalls = new Stalls(common);
    this.#connections = this.#createConnections({
      ...common,
      answerWithin,
      sourceAddresses: share.sourceAddresses,
    });
    this.#lives = this.#createLives();
  }

  /** Makes every user's arrival due. */
  begin(): void {
    for (let user = 0; user < this.users.count; user += 1) {
      this.#timers.schedule('turn', user, this.#schedule.arrival(this.users.numberOf(user)));
    }
  }

  /** Does everything that is due by now. */
  runDue(now: number): void {
    this.#timers.runDue(now, this.#due);
  }

  /** Time of the next thing due before `until`, seconds; `until` when there is none. */
  nextDue(until: number): number {
    return this.#timers.nextDue(until);
  }

  /** Sends that wait for an answer. */
  get inFlight(): number {
    return this.#answers.inFlight;
  }

  /** Whether nothing more is to come: every answer is there, every publication, and everybody reads. */
  isAtRest(now: number): boolean {
    if (this.#answers.inFlight > 0 || this.#own?.isAnyWaiting === true) return false;
    if (this.#connections.isAnyConnecting || this.#stalls.isAnyStalling) return false;
    if (this.#plan.groups.every(({ behaviour }) => behaviour.kind !== 'channels')) return true;
    if (!this.exchange.isComplete) return false;
    return now - Math.max(this.#until, this.#lastPush) >= QUIET_AFTER_PUSH && this.#oracle.isComplete;
  }

  /** Gives up what has taken too long, and forgets what cannot matter any more. Called about once a second. */
  tidy(now: number): void {
    this.#answers.giveUp(now);
    this.#connections.giveUp(now);
    this.#oracle.sweep(now);
    this.#spreads.tell();
  }

  /** The run is over. */
  finish(now: number, wasWaitedFor: boolean): void {
    this.tidy(now);
    this.#connections.finish(now);
    this.#oracle.finish(now, wasWaitedFor);
    this.#spreads.tell(true);
    this.#own?.close();
  }

  /** Takes an error that nobody caught. Says whether it is a behaviour's, and counted. */
  survive(error: unknown): boolean {
    return this.#own?.survive(error) ?? false;
  }

  /** Closes all connections without telling of any. */
  close(): Promise<void> {
    return this.#driver.close();
  }

  readonly #due: Record<Lane, Fire> = {
    turn: (user, due) => {
      if (this.users.phaseOf(user) !== 'waiting') return this.#turns.take(user, due);
      this.#lives.arrive(user, due);
      this.#stalls.begin(user, due);
    },
    visit: (user, due) => this.#lives.visitDue(user, due),
    reconnect: (user, due) => this.#lives.reconnectDue(user, due),
    stall: (user, due) => this.#stalls.due(user, due),
  };

  readonly #events: DriverEvents = {
    opened: (user, worker, at) => {
      this.#heard();
      this.#answers.begin(user);
      this.#connections.opened(user, worker, at);
    },
    refused: (user, cause) => {
      this.#connections.refused(cause);
      this.#lives.broke(user, this.#clock.now());
    },
    closed: (user, cause) => {
      const at = this.#clock.now();
      this.#connections.broke(user, cause, at);
      this.#answers.drop(user, at);
      this.#routineOf(user).end(user, at, true);
      this.#lives.broke(user, at);
    },
    answer: (user, count, at) => {
      this.#heard();
      this.#answers.answer(user, count, at);
    },
    response: (user, call, isError, at, content) => {
      this.#heard();
      const isOwn = this.#own !== undefined && this.#routineOf(user) === this.#own;
      const isCounted = !isOwn || this.#own?.response(user, call, isError, content);
      if (isCounted) this.#answers.response(user, call, isError, at);
    },
    subscribed: (user, channel, at) => {
      if (!this.#oracle.confirm(user, channel, at)) return;
      this.users.workerOf(user).counts.subscribed += 1;
      this.#connections.confirmed(user, at);
    },
    push: (user, publication, at) => {
      this.#heard();
      const worker = this.users.workerOf(user);
      if (this.#oracle.deliver(user, publication, at)) {
        worker.pushed(at - publication.intended);
        this.#lastPush = at;
      } else worker.counts.pushUnasked += 1;
    },
    foreign: (user) => {
      this.#heard();
      this.users.workerOf(user).counts.pushForeign += 1;
    },
    event: (user, event, data) => this.#own?.event(user, event, data),
  };

  #routineOf(user: number): Routine {
    const routine = this.#routines[this.users.groupOf(user)];
    if (routine !== undefined) return routine;
    throw new TypeError(`Cannot find what user ${user} does: its group does nothing`);
  }

  #createConnections(common: Omit<ConnectionsOptions, 'prepare' | 'ready'>): Connections {
    return new Connections({
      ...common,
      prepare: (user) => this.#routineOf(user).prepare(user),
      ready: (user, at) => {
        this.#lives.ready(user);
        this.#routineOf(user).begin(user, at);
      },
    });
  }

  #createLives(): Lives {
    return new Lives({
      clock: this.#clock,
      connections: this.#connections,
      groups: this.#plan.groups,
      schedule: this.#schedule,
      timers: this.#timers,
      users: this.users,
      isWaiting: (user) => this.#answers.isAwaitedBy(user),
      came: (user, visit, from) => this.#turns.begin(user, visit, from),
      going: (user) => this.#turns.stop(user),
      left: (user, at) => this.#routineOf(user).end(user, at, false),
    });
  }
}
