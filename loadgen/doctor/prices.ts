/** What a trial run cost on this host, as prices of what it was made of. */
import type { Run, Second } from '../results/index.ts';
import { type Prices, type Side, usualPrices } from './cost.ts';

/** Times by which a connection may cost more here than usual. */
const MOST_DEARER = 2;

/** Code that has made some thousand connections is not compiled to the end: the next ones cost this share of them. */
const COMPILED_SHARE = 0.5;

/**
 * A server goes over its old memory every ten seconds or so, and sockets of many users are in no cache: a trial is too
 * short and too small for either. In runs of 2,000 to 42,000 users a message costs this share more, in those of a
 * hundred it does not: half of it comes with some hundred users.
 */
const BEYOND_TRIAL = { share: 0.2, halfAt: 500 };

const MICROSECONDS = 1_000_000;
const MEGABYTE = 1_000_000;

/**
 * Reads the prices off a trial. Publications and heartbeats cost as much more or less than usual as a message does, held
 * against what one usually costs where as many come.
 */
export function pricesOf(run: Run): Record<Side, Prices> {
  const { generator, target } = run.summary;
  const isProbed = (second: Second): boolean => (second.probe?.processes.length ?? 0) > 0;
  const probed = run.timeline.filter(isProbed).at(-1)?.probe?.processes.length ?? 1;
  const usual = usualPrices({ ...run.header, deliveriesPerSecond: 0 }, run.header.generator.processes);
  return {
    generator: priced(usual.generator, {
      perMessage: generator.cpuMicrosPerMessage,
      perConnection: connection(run, coresOfGenerator, generator.cpuMicrosPerMessage),
      memoryBytes: generator.rssMB * MEGABYTE,
      processes: generator.processes.length,
      users: run.summary.users.peak,
    }),
    target: priced(usual.target, {
      perMessage: (target.cpuMicrosPerMessage ?? Number.NaN) * beyondTrial(run.summary.users.peak),
      perConnection: connection(run, coresOfTarget, target.cpuMicrosPerMessage ?? 0),
      memoryBytes: (target.rssMB ?? Number.NaN) * MEGABYTE,
      processes: probed,
      users: run.summary.users.peak,
    }),
  };
}

interface Measured {
  perMessage: number;
  perConnection: number;
  memoryBytes: number;
  processes: number;
  users: number;
}

function priced(usual: Prices, measured: Measured): Prices {
  const { perMessage, perConnection, memoryBytes, processes, users } = measured;
  const processBytes = (memoryBytes - users * usual.userBytes) / processes;
  const message = isSane(perMessage) ? perMessage : usual.message;
  const dearer = message / usual.message;
  return {
    ...usual,
    message,
    delivery: usual.delivery * dearer,
    heartbeat: usual.heartbeat * dearer,
    connection: isSane(perConnection)
      ? Math.min(perConnection * COMPILED_SHARE, MOST_DEARER * usual.connection)
      : usual.connection,
    processBytes: isSane(processBytes) ? processBytes : usual.processBytes,
  };
}

function beyondTrial(users: number): number {
  const { share, halfAt } = BEYOND_TRIAL;
  return 1 + (share * users) / (users + halfAt);
}

function coresOfGenerator({ generator }: Second): number {
  return generator.cpuCores;
}

function coresOfTarget({ probe }: Second): number {
  return (probe?.processes ?? []).reduce((sum, { cpuCores }) => sum + cpuCores, 0);
}

/** Microseconds a connection took in the second in which most users came, the first one left out, besides messages. */
function connection({ timeline }: Run, coresOf: (second: Second) => number, perMessage: number): number {
  const arrivals = timeline.slice(1).map((second, before) => ({
    micros: coresOf(second) * MICROSECONDS - second.answered * perMessage,
    users: second.users.started - (timeline[before]?.users.started ?? 0),
  }));
  const [busiest] = arrivals.sort((one, other) => other.users - one.users);
  return busiest === undefined ? Number.NaN : busiest.micros / busiest.users;
}

function isSane(value: number): boolean {
  return Number.isFinite(value) && value > 0;
}
