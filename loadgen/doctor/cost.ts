/**
 * What a run is going to take, from what a process, a user, a connection and a message took in runs of
 * `ping-pong` and `channels` on two cores of a virtual machine. Without a trial it is a guess: it tells a run that
 * a host can carry from one that is far beyond it.
 */
import type { Resolved } from '../plan/resolve/index.ts';

/** Processor time and memory of one side. */
export interface Cost {
  /** Busy cores in the measured phases, or while users arrive, whichever is more. */
  cores: number;
  /** Busy cores in the measured phases. */
  measuredCores: number;
  memoryBytes: number;
  /** The part of it that one user takes. */
  userBytes: number;
}

/** Microseconds of processor time, and bytes. */
export interface Prices {
  connection: number;
  /** A message and its answer. */
  message: number;
  /** A publication to one subscriber. */
  delivery: number;
  processBytes: number;
  userBytes: number;
}

/** What both sides took where they were measured first. */
export const usualPrices: Record<'generator' | 'target', Prices> = {
  generator: {
    connection: 110,
    message: 16,
    delivery: 10,
    processBytes: 85_000_000,
    userBytes: 3_000,
  },
  target: {
    connection: 300,
    message: 24,
    delivery: 20,
    processBytes: 68_000_000,
    userBytes: 5_500,
  },
};

const MICROSECONDS = 1_000_000;

/** Estimates what both sides of a run take; of a target that is not ours it can only say what ours would. */
export function estimateCost(
  resolved: Resolved,
  { processes, prices = usualPrices }: { processes: number; prices?: typeof usualPrices },
): { generator: Cost; target: Cost } {
  const { workers, brokers, balancers } = resolved.target;
  // One more on each side: the coordinator here, the master there.
  return {
    generator: costOf(resolved, prices.generator, processes + 1),
    target: costOf(resolved, prices.target, workers + brokers + balancers + 1),
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
    measuredCores: steady / MICROSECONDS,
    memoryBytes: processes * prices.processBytes + plan.users * prices.userBytes,
    userBytes: prices.userBytes,
  };
}
