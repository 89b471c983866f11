/** Arrivals: what is meant to come at random does, by the test of Kolmogorov and Smirnov. */
import { createSchedule, type Plan, usersOf } from '../../plan/index.ts';
import type { Check } from './check.ts';

/** Samples of the very distribution exceed this once in a thousand times. */
const MOST_MISFIT = 1.95;

/** Holds the arrivals of users, even in their stage as a Poisson process has them, against an even spread. */
export function checkArrivals(plan: Plan): Check {
  const schedule = createSchedule(plan);
  const arrivals = usersOf({ plan, process: 0, processes: 1 }).map((user) => schedule.arrival(user));
  const seconds = plan.arrivals.stages.reduce((sum, { users, rate }) => sum + users / rate.from, 0);
  return judge(
    'arrivals of users',
    arrivals.map((at) => at / seconds),
  );
}

/** Holds the gaps between the turns of all users together against those of a Poisson process. */
export function checkTurns(plan: Plan): Check {
  const schedule = createSchedule(plan);
  const rampEnd = plan.phases[0]?.end ?? 0;
  const turns = usersOf({ plan, process: 0, processes: 1 })
    .flatMap((user) => {
      const times: number[] = [];
      let at = schedule.firstTurn(user, schedule.arrival(user));
      for (let n = 1; Number.isFinite(at); n += 1) {
        if (at >= rampEnd) times.push(at);
        at = schedule.nextTurn(user, n, at);
      }
      return times;
    })
    .toSorted((one, other) => one - other);
  const gaps = turns.slice(1).map((at, n) => at - (turns[n] ?? 0));
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  return judge(
    'arrivals of messages',
    gaps.map((gap) => 1 - Math.exp(-gap / mean)),
  );
}

/** Samples that are as they should be lie evenly between 0 and 1. */
function judge(name: string, samples: readonly number[]): Check {
  const misfit = misfitOf(samples);
  return {
    name,
    claim: `Poisson: the test of Kolmogorov and Smirnov finds less than ${MOST_MISFIT}`,
    found: `${misfit.toFixed(2)} with ${samples.length} samples`,
    ok: samples.length > 0 && misfit < MOST_MISFIT,
  };
}

/** The largest distance from an even spread over 0 to 1, in units of one over the root of the number of samples. */
export function misfitOf(samples: readonly number[]): number {
  const { length } = samples;
  const distances = samples
    .toSorted((one, other) => one - other)
    .map((value, n) => Math.max(value - n / length, (n + 1) / length - value));
  return distances.reduce((most, distance) => Math.max(most, distance), 0) * Math.sqrt(length);
}
