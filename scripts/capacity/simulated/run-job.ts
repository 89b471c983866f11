/** One search on a simulated cluster, and whether it kept what searches promise. */
import {
  createDraws,
  type Draws,
  type EndedSearch,
  quietCluster,
  type SimulatedCluster,
  searchOn,
  servedBy,
  trueCapacity,
} from '../../../loadgen/capacity/simulation/index.ts';
import { parseSlo } from '../../../loadgen/capacity/slo/index.ts';
import { type Job, type PLANTED, SPREADS } from './jobs.ts';

/** What came of a search. */
export interface Outcome {
  /** What its interval was tried for: a spread; or what was planted. */
  readonly row: string;
  readonly trials: number;
  /** Of the interval of 90 %, as a share of its median; null without an estimate. */
  readonly width: number | null;
  /** Whether the interval held the capacity, or the guard was raised; null where the search never saw what was planted. */
  readonly isKept: boolean | null;
}

type Planted = (typeof PLANTED)[number];

/** Something planted, and how it shows. */
interface Plant {
  readonly change: Partial<SimulatedCluster>;
  /** Whether the search came across it. Default: it always does. */
  isSeen?(search: EndedSearch): boolean;
  isRaised(search: EndedSearch): boolean;
}

const slo = parseSlo('99% < 50ms');

/** Times what a cluster serves, at which a metastable one collapses; and deviations by which it may serve more. */
const OVERLOADED = 1.1;
const BEST_DAY = 2;

/** Trials that fail, and that pass, whatever their load: as many as the search reckons with. */
const LAPSE = 0.02;

/** How far off a guess may be, to either side. */
const WRONG_BY = 2;

/** A drift of the host by more is one. */
const NOTABLE = 1.1;

/** Makes the search of a job. */
export function runJob(job: Job): Outcome {
  const draws = createDraws(job.seed, 1);
  if ('spread' in job) return ofSpread(job, draws);
  const quiet = anyCluster(draws, aQuietSpread(draws));
  const { change, isRaised, isSeen } = plants[job.planted](draws, quiet);
  const ended = search({ ...quiet, ...change }, { seed: job.seed, draws });
  const isUnseen = isSeen?.(ended) === false;
  return { ...common(job.planted, ended), isKept: isUnseen ? null : isRaised(ended) };
}

function ofSpread({ seed, spread }: Extract<Job, { spread: number }>, draws: Draws): Outcome {
  const cluster = { ...anyCluster(draws, spread), lapse: LAPSE };
  const ended = search(cluster, { seed, draws });
  const { estimate } = ended.result;
  const truth = capacityOf(cluster);
  const isKept = estimate !== undefined && estimate.lower <= truth && truth <= estimate.upper;
  return { ...common(`${spread}`, ended), isKept };
}

function common(row: string, { result: { estimate }, state }: EndedSearch): Omit<Outcome, 'isKept'> {
  const width = estimate === undefined ? null : (estimate.upper - estimate.lower) / estimate.median;
  return { row, trials: state.attempts.length, width };
}

/** Of any size, whose workers get in each other's way more or less, and which pauses now and then. */
function anyCluster(draws: Draws, spread: number): SimulatedCluster {
  return {
    ...quietCluster,
    workers: 1 + Math.floor(8 * draws.even()),
    lambda: 15_000 * (1 + draws.even()),
    sigma: 0.2 * draws.even(),
    kappa: 0.005 * draws.even(),
    spread,
    pause: { ms: 60, everySeconds: 10 },
  };
}

/** Of a host on which a planner is of use. */
function aQuietSpread(draws: Draws): number {
  return SPREADS[Math.floor(3 * draws.even())] ?? SPREADS[0];
}

function search(cluster: SimulatedCluster, { draws, seed }: { draws: Draws; seed: number }): EndedSearch {
  const off = WRONG_BY ** (2 * draws.even() - 1);
  const { growthAbove: _, lossAbove: __, ...guessed } = cluster;
  const estimate = off * capacityOf(guessed);
  return searchOn(cluster, { seed, settings: { slo, estimate, smallestLoad: 10, limitTrials: 0 } });
}

function capacityOf(cluster: SimulatedCluster): number {
  return trueCapacity(cluster, slo[0]);
}

/** Gives a load that surely overloads a cluster by a tenth, as a metastable one collapses. */
function overloadOf(cluster: SimulatedCluster): number {
  return OVERLOADED * servedBy(cluster) * Math.exp(BEST_DAY * cluster.spread);
}

function between(draws: Draws, least: number, most: number): number {
  return least + (most - least) * draws.even();
}

function hasFinding({ result: { findings } }: EndedSearch, name: string): boolean {
  return findings.some((finding) => finding.name === name);
}

/** Nothing is confirmed above a load, as far as anything is. */
function isConfirmedBelow({ result: { confirmed = 0 } }: EndedSearch, load: number): boolean {
  return confirmed <= load;
}

/** By what is planted into a cluster. */
const plants: Readonly<Record<Planted, (draws: Draws, cluster: SimulatedCluster) => Plant>> = {
  generator(draws, cluster) {
    const generatorLimit = between(draws, 0.05, 0.8) * capacityOf(cluster);
    return {
      change: { generatorLimit },
      isRaised: (ended) => {
        const { atLeast, verdict } = ended.result;
        const isWorded =
          verdict !== 'found' && (ended.result.estimate === undefined || atLeast !== undefined);
        return isWorded && hasFinding(ended, 'generator-limited') && isConfirmedBelow(ended, generatorLimit);
      },
    };
  },
  drift(draws) {
    const afterTrials = Math.round(between(draws, 6, 16));
    const factor = draws.even() < 0.5 ? 0.8 : 1.2;
    return {
      change: { drift: { afterTrials, factor } },
      // It shows in reference trials alone, if there are some of both sides of it.
      isSeen: ({ state: { attempts } }) => {
        const isReference = attempts.map(({ request }) => request.phase === 'reference');
        return (
          isReference.slice(0, afterTrials).includes(true) && isReference.slice(afterTrials).includes(true)
        );
      },
      isRaised: (ended) => {
        const { lower = 1, upper = 1 } = ended.result.estimate ?? {};
        return hasFinding(ended, 'drift') && Math.log(upper / lower) >= 2 * Math.log(NOTABLE);
      },
    };
  },
  hysteresis: (_, cluster) => ({
    // A target that pauses misses its objective long before it is overloaded.
    change: { isMetastable: true, pause: { ms: 0, everySeconds: 10 } },
    isSeen: ({ state: { attempts } }) =>
      attempts.some(({ request }) => (request.overload ?? 0) > overloadOf(cluster)),
    isRaised: (ended) => hasFinding(ended, 'does-not-recover'),
  }),
  backlog(draws, cluster) {
    const growthAbove = between(draws, 0.2, 0.9) * capacityOf(cluster);
    return {
      change: { growthAbove },
      isRaised: (ended) => hasFinding(ended, 'saturation') && isConfirmedBelow(ended, growthAbove),
    };
  },
  losses(draws, cluster) {
    const lossAbove = between(draws, 0.2, 0.9) * capacityOf(cluster);
    return {
      change: { lossAbove },
      isRaised: (ended) => hasFinding(ended, 'losses') && isConfirmedBelow(ended, lossAbove),
    };
  },
};
