/** What a host can carry of a scenario, what it will take, and which limit binds first. */
import type { Resolved } from '../plan/resolve/index.ts';
import type { Forecast } from '../results/index.ts';
import { type Cost, estimateCost, type Prices, type Side, usualPrices } from './cost.ts';
import { type Facts, readFacts } from './facts.ts';
import { findLimits, type Limit } from './limits.ts';
import { fitOf, isLoopback } from './preflight.ts';

/** What a trial found. */
export interface Trial {
  /** Prices by what it did at the dearest, and at the cheapest. */
  prices: Record<Side, Prices>;
  leastPrices: Record<Side, Prices>;
  /** What speaks against them, in sentences. */
  doubts: readonly string[];
}

/** What is asked about. */
export interface Case {
  resolved: Resolved;
  /** Address of a target that runs already; undefined when the run starts its own on this host. */
  targetAddress?: string | undefined;
  loadProcesses?: number | undefined;
  /** What a trial found; undefined when there was none, or when it told nothing. */
  trial?: Trial | undefined;
  facts?: Facts;
}

/** Everything the doctor says. Plain data. */
export interface Examination {
  scenario: string;
  /** Users of the scenario, and users this host can carry of it. */
  users: number;
  carries: number;
  /** All limits, the one that binds first at the beginning. */
  limits: Limit[];
  /** At most; and at least, which is the same without a trial. */
  cost: { generator: Cost; target: Cost | null };
  leastCost: { generator: Cost; target: Cost | null };
  loadProcesses: number;
  /** Whether a trial was run; without one the prices are those of another host. */
  isTried: boolean;
  prices: Record<Side, Prices>;
  leastPrices: Record<Side, Prices>;
  /** What speaks against the figures, in sentences. */
  doubts: readonly string[];
  facts: Facts;
}

/** Nobody knows before what a function of the scenario's own sends. */
const UNKNOWN = 'the processor time of what behaviours of your own send is in no cost and no limit';

/** Examines this host. */
export function examine({ resolved, targetAddress, loadProcesses, trial, facts }: Case): Examination {
  const { plan } = resolved;
  const found = facts ?? readFacts();
  const { processes } = fitOf(resolved, { targetAddress, loadProcesses });
  const usual = usualPrices(resolved, processes);
  const { prices, leastPrices, doubts } = trial ?? { prices: usual, leastPrices: usual, doubts: [] };
  const costBy = (by: Record<Side, Prices>): Examination['cost'] => {
    const { generator, target } = estimateCost(resolved, { processes, prices: by });
    return { generator, target: targetAddress === undefined ? target : null };
  };
  const cost = costBy(prices);
  const limits = findLimits({ resolved, facts: found, cost, loopback: isLoopback(targetAddress) });
  return {
    scenario: plan.scenario,
    users: plan.users,
    carries: limits[0]?.users ?? Number.POSITIVE_INFINITY,
    limits,
    cost,
    leastCost: costBy(leastPrices),
    loadProcesses: processes,
    isTried: trial !== undefined,
    prices,
    leastPrices,
    doubts: plan.groups.some(({ behaviour }) => behaviour.kind === 'custom') ? [...doubts, UNKNOWN] : doubts,
    facts: found,
  };
}

/** The part of an examination that goes into the record, to be held against what the run took. */
export function forecastOf({ carries, limits, cost, leastCost, isTried }: Examination): Forecast {
  const side = ({ measuredCores, memoryBytes }: Cost, least: Cost | null): Forecast['generator'] => ({
    cpuCores: measuredCores,
    ...(isTried && least !== null && { leastCpuCores: least.measuredCores }),
    rssMB: memoryBytes / 1_000_000,
  });
  return {
    users: carries,
    limit: limits[0]?.name ?? '',
    generator: side(cost.generator, leastCost.generator),
    target: cost.target === null ? null : side(cost.target, leastCost.target),
  };
}
