/** What a host can carry of a scenario, what it will take, and which limit binds first. */
import type { Resolved } from '../plan/resolve/index.ts';
import type { Forecast } from '../results/index.ts';
import { type Cost, estimateCost, type Prices, type Side, usualPrices } from './cost.ts';
import { type Facts, readFacts } from './facts.ts';
import { findLimits, type Limit } from './limits.ts';
import { fitOf, isLoopback } from './preflight.ts';

/** What is asked about. */
export interface Case {
  resolved: Resolved;
  /** Address of a target that runs already; undefined when the run starts its own on this host. */
  targetAddress?: string | undefined;
  loadProcesses?: number | undefined;
  /** What a trial found; undefined when there was none. */
  prices?: Record<Side, Prices> | undefined;
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
  cost: { generator: Cost; target: Cost | null };
  loadProcesses: number;
  /** Whether a trial was run; without one the prices are those of another host. */
  isTried: boolean;
  prices: Record<Side, Prices>;
  facts: Facts;
}

/** Examines this host. */
export function examine({ resolved, targetAddress, loadProcesses, prices, facts }: Case): Examination {
  const found = facts ?? readFacts();
  const { processes } = fitOf(resolved, { targetAddress, loadProcesses });
  const both = estimateCost(resolved, { processes, ...(prices && { prices }) });
  const cost = { generator: both.generator, target: targetAddress === undefined ? both.target : null };
  const limits = findLimits({ resolved, facts: found, cost, loopback: isLoopback(targetAddress) });
  return {
    scenario: resolved.plan.scenario,
    users: resolved.plan.users,
    carries: limits[0]?.users ?? Number.POSITIVE_INFINITY,
    limits,
    cost,
    loadProcesses: processes,
    isTried: prices !== undefined,
    prices: prices ?? usualPrices(resolved, processes),
    facts: found,
  };
}

/** The part of an examination that goes into the record, to be held against what the run took. */
export function forecastOf({ carries, limits, cost }: Examination): Forecast {
  const side = ({ measuredCores, memoryBytes }: Cost) => ({
    cpuCores: measuredCores,
    rssMB: memoryBytes / 1_000_000,
  });
  return {
    users: carries,
    limit: limits[0]?.name ?? '',
    generator: side(cost.generator),
    target: cost.target === null ? null : side(cost.target),
  };
}
