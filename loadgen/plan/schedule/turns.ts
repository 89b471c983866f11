/** When users take their turns: drawn at pace 1, in operational time. */
import type { Plan, PlannedGap } from '../plan.ts';
import { uniform, VISIT_COUNTER } from '../random.ts';
import type { Topology } from '../topology/index.ts';
import { afterGap, afterRest } from './gaps.ts';
import { OperationalTime } from './operational-time.ts';

/** Draws used up by the first turn of a user; the n-th turn after it draws counter n + 1. */
const FIRST_TURN_DRAWS = 2;

/** The turns of all users of a plan. */
export class Turns {
  readonly #seed: number;
  readonly #topology: Topology;
  readonly #time: OperationalTime;
  /** Of each group; null for one that takes no turns. */
  readonly #gaps: (PlannedGap | null)[];
  readonly #isForPublishers: boolean[];

  constructor({ seed, groups, phases }: Plan, topology: Topology) {
    this.#seed = seed;
    this.#topology = topology;
    this.#time = new OperationalTime(phases);
    this.#gaps = groups.map(({ behaviour }) => ('every' in behaviour ? behaviour.every : null));
    this.#isForPublishers = groups.map(({ behaviour }) => behaviour.kind === 'channels');
  }

  /** See `Schedule.firstTurn`. */
  first(user: number, from: number, visit: number): number {
    const group = this.#topology.groupOf(user);
    const gap = this.#gaps[group] ?? null;
    if (gap === null) return Number.POSITIVE_INFINITY;
    if (this.#isForPublishers[group] === true && !this.#topology.isPublisher(user)) {
      return Number.POSITIVE_INFINITY;
    }
    const counter = visit === 0 ? 0 : VISIT_COUNTER + FIRST_TURN_DRAWS * visit;
    const lengthDraw = uniform(this.#seed, user, counter);
    const placeDraw = uniform(this.#seed, user, counter + 1);
    return this.#time.when(afterRest(gap, this.#time.at(from), lengthDraw, placeDraw));
  }

  /** See `Schedule.nextTurn`. */
  next(user: number, n: number, previous: number): number {
    const gap = this.#gaps[this.#topology.groupOf(user)] ?? null;
    if (gap === null) return Number.POSITIVE_INFINITY;
    const draw = uniform(this.#seed, user, n + FIRST_TURN_DRAWS - 1);
    return this.#time.when(afterGap(gap, this.#time.at(previous), draw));
  }
}
