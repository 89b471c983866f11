/**
 * What a run is going to take, from what one user, one connection and one message took on one core of 2.x GHz.
 * A rough guess, made without a trial: it says whether a run is far from what a host has.
 */
import type { Resolved } from '../plan/resolve/index.ts';

/** Processor time and memory of one side. */
export interface Cost {
  /** Busy cores in the measured phases, or while users arrive, whichever is more. */
  cores: number;
  memoryBytes: number;
}

/** Microseconds of processor time. */
interface Prices {
  connection: number;
  /** A message and its answer. */
  message: number;
  /** A publication to one subscriber. */
  delivery: number;
  processBytes: number;
  userBytes: number;
}

const generatorPrices: Prices = {
  connection: 150,
  message: 40,
  delivery: 8,
  processBytes: 75_000_000,
  userBytes: 6_000,
};
const targetPrices: Prices = {
  connection: 500,
  message: 50,
  delivery: 10,
  processBytes: 75_000_000,
  userBytes: 8_000,
};

const MICROSECONDS = 1_000_000;

/** Estimates what both sides of a run take; of a target that is not ours it can only say what ours would. */
export function estimateCost(
  resolved: Resolved,
  { processes }: { processes: number },
): { generator: Cost; target: Cost } {
  const { workers, brokers, balancers } = resolved.target;
  // One more on each side: the coordinator here, the master there.
  return {
    generator: costOf(resolved, generatorPrices, processes + 1),
    target: costOf(resolved, targetPrices, workers + brokers + balancers + 1),
  };
}

function costOf(
  { plan, messagesPerSecond, deliveriesPerSecond }: Resolved,
  prices: Prices,
  processes: number,
): Cost {
  const fastest = Math.max(0, ...plan.arrivals.stages.map(({ rate }) => Math.max(rate.from, rate.to)));
  const arriving = Math.min(fastest, plan.users) * prices.connection;
  const steady = messagesPerSecond * prices.message + deliveriesPerSecond * prices.delivery;
  return {
    cores: Math.max(arriving, steady) / MICROSECONDS,
    memoryBytes: processes * prices.processBytes + plan.users * prices.userBytes,
  };
}
