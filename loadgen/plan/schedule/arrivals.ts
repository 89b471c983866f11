/** When users come. */
import type { Arrivals, Plan } from '../plan.ts';
import { ARRIVAL_COUNTER, uniform } from '../random.ts';
import { exponential } from './gaps.ts';
import { secondsUntil } from './speed.ts';

/** Stages of a plan, with the first user of each. */
type Stage = Arrivals & { first: number };

/** The arrivals of one plan. */
export class ArrivalTimes {
  readonly #stages: Stage[];
  /** Users that have come before each one in its stage, as a Poisson process has it. Empty: one after the other. */
  readonly #ranks: Float64Array;

  constructor({ seed, users, arrivals }: Plan) {
    let first = 0;
    this.#stages = arrivals.stages.map((stage) => {
      const placed = { ...stage, first };
      first += stage.users;
      return placed;
    });
    this.#ranks = arrivals.shape === 'poisson' ? poissonRanks(seed, users, this.#stages) : new Float64Array();
  }

  /** Seconds since the common start at which a user begins to connect. Never less than for the user before it. */
  of(user: number): number {
    const stage = this.#stages.find(({ first, users }) => user < first + users);
    if (stage === undefined) throw new RangeError(`Cannot let user ${user} arrive: no stage has it`);
    const { start, rate, first } = stage;
    return start + secondsUntil(this.#ranks[user] ?? user - first, rate.from, slopeOf(stage));
  }
}

/** Seconds a stage takes. */
export function stageSeconds({ users, rate }: Omit<Arrivals, 'start'>): number {
  return rate.from === rate.to ? users / rate.from : (2 * users) / (rate.from + rate.to);
}

/** Users that arrive per second, over all stages without the waits between them. */
export function meanArrivalRate({ users, arrivals: { stages } }: Plan): number {
  const [stage] = stages;
  if (stage !== undefined && stages.length === 1) return (stage.rate.from + stage.rate.to) / 2;
  return users / stages.reduce((sum, each) => sum + stageSeconds(each), 0);
}

function slopeOf(stage: Arrivals): number {
  return stage.rate.from === stage.rate.to ? 0 : (stage.rate.to - stage.rate.from) / stageSeconds(stage);
}

/**
 * Sums exponential gaps, and stretches those of each stage so that exactly its users come within it: given their
 * number, the arrivals of a Poisson process are just as these.
 */
function poissonRanks(seed: number, users: number, stages: readonly Stage[]): Float64Array {
  const ranks = new Float64Array(users);
  for (const [number, stage] of stages.entries()) {
    let sum = 0;
    for (let user = stage.first; user < stage.first + stage.users; user += 1) {
      sum += exponential(1, uniform(seed, user, ARRIVAL_COUNTER));
      ranks[user] = sum;
    }
    // One gap more: the last user does not come at the very end.
    const whole = sum + exponential(1, uniform(seed, number, ARRIVAL_COUNTER + 1));
    for (let user = stage.first; user < stage.first + stage.users; user += 1) {
      ranks[user] = ((ranks[user] ?? 0) / whole) * stage.users;
    }
  }
  return ranks;
}
