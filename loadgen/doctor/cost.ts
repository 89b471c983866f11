/**
 * What a run is going to take, from what a process, a user, a connection and a message took in runs of
 * `ping-pong` and `channels` on two cores of a virtual machine. Without a trial it is a guess: it tells a run that
 * a host can carry from one that is far beyond it.
 */
import { schema } from '../../server/options/index.ts';
import type { Resolved } from '../plan/resolve/index.ts';

/** Processor time and memory of one side. */
export interface Cost {
  /** Busy cores when the last users arrive: with what all of them do, and with the connections themselves. */
  cores: number;
  /** Busy cores in the measured phases. */
  measuredCores: number;
  memoryBytes: number;
  /** The part of it that one user takes. */
  userBytes: number;
}

/** Who takes it. */
export type Side = 'generator' | 'target';

/** What decides how many messages a process takes in the same go. */
interface Flow {
  messagesPerSecond: number;
  deliveriesPerSecond: number;
  /** Workers of each host, and hosts; one when absent. */
  target: { workers: number; hosts?: number };
}

/** Microseconds of processor time, and bytes. */
export interface Prices {
  connection: number;
  /** A message and its answer. */
  message: number;
  /** A publication to one subscriber. */
  delivery: number;
  /** A ping of the target's own accord, and its pong. */
  heartbeat: number;
  processBytes: number;
  userBytes: number;
}

/** What both sides took where they were measured, a message apart. */
const USUAL: Record<Side, Omit<Prices, 'message'>> = {
  generator: { connection: 110, delivery: 10, heartbeat: 8, processBytes: 85_000_000, userBytes: 3_000 },
  target: { connection: 260, delivery: 20, heartbeat: 14, processBytes: 68_000_000, userBytes: 5_500 },
};

/**
 * A message that comes alone, with what a process takes whether any comes or not; one among so many that waking costs
 * nothing; and how many a second save half of the difference. Within a third of what was measured from 500 to 170,000.
 */
const USUAL_MESSAGE: Record<Side, { alone: number; among: number; halfSavedAt: number }> = {
  generator: { alone: 150, among: 3.4, halfSavedAt: 600 },
  target: { alone: 110, among: 5.5, halfSavedAt: 1_200 },
};

const MICROSECONDS = 1_000_000;
const MILLISECONDS = 1_000;

/** What a message usually takes of one side, where so many a second come to each of its processes. */
export function usualMessage(side: Side, perProcess: number): number {
  const { alone, among, halfSavedAt } = USUAL_MESSAGE[side];
  return among + (alone - among) / (1 + perProcess / halfSavedAt);
}

/** What both sides usually take for each message, connection and the like of a run. */
export function usualPrices(
  { messagesPerSecond, deliveriesPerSecond, target }: Flow,
  processes: number,
): Record<Side, Prices> {
  const flow = messagesPerSecond + deliveriesPerSecond;
  return {
    generator: { ...USUAL.generator, message: usualMessage('generator', flow / processes) },
    target: {
      ...USUAL.target,
      message: usualMessage('target', flow / (target.workers * (target.hosts ?? 1))),
    },
  };
}

/** Estimates what both sides of a run take; of a target that is not ours it can only say what ours would. */
export function estimateCost(
  resolved: Resolved,
  {
    processes,
    prices = usualPrices(resolved, processes),
  }: { processes: number; prices?: Record<Side, Prices> },
): Record<Side, Cost> {
  const { workers, brokers, balancers, hosts } = resolved.target;
  // One more on each side: the coordinator here, the master of each host there.
  return {
    generator: costOf(resolved, prices.generator, processes + 1),
    target: costOf(resolved, prices.target, hosts * (workers + brokers + balancers + 1)),
  };
}

function costOf(resolved: Resolved, prices: Prices, processes: number): Cost {
  const { plan, messagesPerSecond, deliveriesPerSecond } = resolved;
  const fastest = Math.max(0, ...plan.arrivals.stages.map(({ rate }) => Math.max(rate.from, rate.to)));
  const arriving = Math.min(fastest, plan.users) * prices.connection;
  const steady =
    messagesPerSecond * prices.message +
    deliveriesPerSecond * prices.delivery +
    heartbeatsPerSecond(resolved) * prices.heartbeat;
  return {
    cores: (arriving + steady) / MICROSECONDS,
    measuredCores: steady / MICROSECONDS,
    memoryBytes: processes * prices.processBytes + plan.users * prices.userBytes,
    userBytes: prices.userBytes,
  };
}

/** Pings of the target to all users together. One that is not ours is taken to ping as ours does unless told otherwise. */
export function heartbeatsPerSecond({ plan, target, driver }: Resolved): number {
  if (driver === 'websocket') return 0;
  const { pingInterval } = schema.shape;
  const { data = pingInterval.parse(undefined) } = pingInterval.safeParse(target.options['pingInterval']);
  return (plan.users * MILLISECONDS) / data;
}
