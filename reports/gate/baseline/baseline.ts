/**
 * One measurement against stored ones, for builds that cannot be measured side by side. Second best, and never more
 * than advice: between two days lies more than the two builds.
 */
import { mean, studentQuantile, variance } from '../statistics/index.ts';
import { type Calibrated, normalise, slopeOf } from './calibration.ts';

/** One measurement as it is stored. */
export interface BaselinePoint extends Calibrated {
  readonly at: Date;
  /** Model of the processor: others are not compared. */
  readonly cpuModel: string;
  readonly nodeMajor: number;
}

/**
 * What stored measurements say of a new one: worse than they foretell, as they foretell, or nothing, because none is
 * from such a processor, the newest is old or of another Node, or there are too few.
 */
export type BaselineVerdict = 'regressed' | 'unremarkable' | 'not-comparable' | 'stale' | 'learning';

/** The answer, with how much more than foretold and how much more would have been remarkable: 0.05 is 5 %. */
export interface BaselineAnswer {
  readonly verdict: BaselineVerdict;
  readonly effect?: number;
  readonly limit?: number;
  /** Stored measurements it rests on. */
  readonly points: number;
}

const FEWEST_POINTS = 10;
const MOST_POINTS = 60;
const LONGEST_AGE_DAYS = 30;
const DAY_MS = 86_400_000;

/** Chance that an equal build is called worse, where the foretelling is all that speaks. */
const LEVEL = 0.005;

/** Least excess that is called worse: a tenth, and three spreads of the stored measurements. */
const LEAST_EXCESS = Math.log(1.1);
const LEAST_SPREADS = 3;

/** Holds a new measurement against stored ones, which are in the order of time. */
export function holdAgainst(stored: readonly BaselinePoint[], current: BaselinePoint): BaselineAnswer {
  const alike = stored.filter(({ cpuModel }) => cpuModel === current.cpuModel).slice(-MOST_POINTS);
  const newest = alike.at(-1);
  const points = alike.length;
  if (newest === undefined) return { verdict: stored.length === 0 ? 'learning' : 'not-comparable', points };
  const ageDays = (current.at.getTime() - newest.at.getTime()) / DAY_MS;
  if (ageDays > LONGEST_AGE_DAYS || newest.nodeMajor !== current.nodeMajor)
    return { verdict: 'stale', points };
  if (points < FEWEST_POINTS) return { verdict: 'learning', points };

  const slope = slopeOf(alike);
  const levels = alike.map((point) => normalise(point, slope));
  const spread = Math.sqrt(variance(levels));
  const foretold = studentQuantile(1 - LEVEL, points - 1) * spread * Math.sqrt(1 + 1 / points);
  const limit = Math.max(foretold, LEAST_EXCESS, LEAST_SPREADS * spread);
  const excess = normalise(current, slope) - mean(levels);
  const verdict = excess > limit ? 'regressed' : 'unremarkable';
  return { verdict, effect: Math.expm1(excess), limit: Math.expm1(limit), points };
}
