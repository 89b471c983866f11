/**
 * When each user does what, in seconds since the common start. Intended times only: nothing here waits, so a
 * slow target never slows the schedule of an open behaviour down.
 */
import type { Group, Plan, PlannedGap } from '../plan.ts';
import {
  RECONNECT_COUNTER,
  RETURN_COUNTER,
  STALL_COUNTER,
  STALL_LENGTH_COUNTER,
  STAY_COUNTER,
  uniform,
} from '../random.ts';
import { Topology } from '../topology/index.ts';
import { ArrivalTimes } from './arrivals.ts';
import { afterGap, afterRest } from './gaps.ts';
import { Turns } from './turns.ts';

/**
 * What all users of a plan do. Every answer follows from the seed, the user and the arguments alone. `Infinity`
 * stands for a time that never comes. Visits, turns and stalls count from 0.
 */
export interface Schedule {
  readonly plan: Plan;
  /** When a user first begins to connect. */
  arrival(user: number): number;
  /** Index of a user's group in the plan. */
  groupOf(user: number): number;
  /**
   * The first turn of a visit that began to connect at `from`: what is left of a gap already running then, so that
   * a user takes its turns at its rate from the moment it comes.
   */
  firstTurn(user: number, from: number, visit?: number): number;
  /**
   * The n-th turn, 1 being the one after the first. `previous` is when the turn before it was due, or with
   * a closed behaviour when its answer came or was given up.
   */
  nextTurn(user: number, n: number, previous: number): number;
  /** When a visit ends that began to connect at `from`. */
  stays(user: number, visit: number, from: number): number;
  /** When a user comes back whose visit ended at `from`. */
  returns(user: number, visit: number, from: number): number;
  /** Seconds before a further attempt to connect, the first having number 0. `Infinity` when there is none. */
  reconnectWait(user: number, attempt: number): number;
  /** When a user next stops reading; `from` is the end of the stall before, or when it became ready. */
  nextStall(user: number, n: number, from: number): number;
  /** When a user reads again that stopped at `from`. */
  stallEnd(user: number, n: number, from: number): number;
  /** Numbers of the channels a user subscribes to. */
  subscriptions(user: number): readonly number[];
  /** Number of the channel of a user's n-th publication. */
  publicationChannel(user: number, n: number): number;
  /** Whether a user publishes. */
  isPublisher(user: number): boolean;
}

/** Makes the schedule of a plan. Draws groups and arrivals once; asking for turns allocates nothing. */
export function createSchedule(plan: Plan): Schedule {
  return new PlanSchedule(plan);
}

class PlanSchedule implements Schedule {
  readonly plan: Plan;
  readonly #topology: Topology;
  readonly #arrivals: ArrivalTimes;
  readonly #turns: Turns;

  constructor(plan: Plan) {
    this.plan = plan;
    this.#topology = new Topology(plan);
    this.#arrivals = new ArrivalTimes(plan);
    this.#turns = new Turns(plan, this.#topology);
  }

  arrival(user: number): number {
    return this.#arrivals.of(user);
  }

  groupOf(user: number): number {
    return this.#topology.groupOf(user);
  }

  firstTurn(user: number, from: number, visit = 0): number {
    return this.#turns.first(user, from, visit);
  }

  nextTurn(user: number, n: number, previous: number): number {
    return this.#turns.next(user, n, previous);
  }

  stays(user: number, visit: number, from: number): number {
    return this.#after(this.#groupOf(user)?.stays, from, this.#draw(user, STAY_COUNTER + visit));
  }

  returns(user: number, visit: number, from: number): number {
    return this.#after(this.#groupOf(user)?.returns, from, this.#draw(user, RETURN_COUNTER + visit));
  }

  reconnectWait(user: number, attempt: number): number {
    const backOff = this.#groupOf(user)?.reconnects ?? null;
    if (backOff === null) return Number.POSITIVE_INFINITY;
    const { initial, randomness, multiplier, most } = backOff;
    const least = initial + randomness * this.#draw(user, RECONNECT_COUNTER + attempt);
    return Math.min(most, least * multiplier ** attempt);
  }

  nextStall(user: number, n: number, from: number): number {
    const every = this.#groupOf(user)?.stalls?.every;
    if (every === undefined) return Number.POSITIVE_INFINITY;
    // The first one needs two draws, so that no stalls are missing while users come in.
    if (n > 0) return afterGap(every, from, this.#draw(user, STALL_COUNTER + n + 1));
    return afterRest(every, from, this.#draw(user, STALL_COUNTER), this.#draw(user, STALL_COUNTER + 1));
  }

  stallEnd(user: number, n: number, from: number): number {
    const length = this.#groupOf(user)?.stalls?.for;
    return this.#after(length, from, this.#draw(user, STALL_LENGTH_COUNTER + n));
  }

  subscriptions(user: number): readonly number[] {
    return this.#topology.subscriptionsOf(user);
  }

  publicationChannel(user: number, n: number): number {
    return this.#topology.publicationChannel(user, n);
  }

  isPublisher(user: number): boolean {
    return this.#topology.isPublisher(user);
  }

  #groupOf(user: number): Group | undefined {
    return this.plan.groups[this.groupOf(user)];
  }

  #draw(user: number, counter: number): number {
    return uniform(this.plan.seed, user, counter);
  }

  #after(gap: PlannedGap | null | undefined, from: number, draw: number): number {
    return gap === null || gap === undefined ? Number.POSITIVE_INFINITY : afterGap(gap, from, draw);
  }
}
