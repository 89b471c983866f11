/** What a trial run cost on this host, as prices of what it was made of. */
import type { Run, Second } from '../results/index.ts';
import { type Prices, type Side, usualPrices } from './cost.ts';

/**
 * Whose prices: of the cheapest measured second, or of the dearest. In so short a run some code is compiled while it
 * is measured, which a longer one has behind it; what a trial does not see is in the dearest alone.
 */
export type Extent = 'least' | 'most';

/** Times by which a connection may cost more here than usual. */
const MOST_DEARER = 2;

/** Code that has made some thousand connections is not compiled to the end: the next ones cost this share of them. */
const COMPILED_SHARE = 0.5;

/**
 * A server goes over its old memory every ten seconds or so, and sockets of many users are in no cache: a trial is too
 * short and too small for either. In runs of 2,000 to 42,000 users a message costs up to this share more, in those of
 * a hundred it does not: half of it comes with some hundred users.
 */
const BEYOND_TRIAL = { share: 0.2, halfAt: 500 };

const MICROSECONDS = 1_000_000;
const MEGABYTE = 1_000_000;

/** What a trial had besides messages, and which of its seconds count. */
interface Reading {
  /** Pings of the server to all users together. */
  heartbeatsPerSecond: number;
  extent: Extent;
}

/**
 * Reads the prices off a trial. All that it did is held against what the same usually costs: a message, a heartbeat and
 * a publication cost as much more or less than usual as all of it together did.
 */
export function pricesOf(run: Run, reading: Reading): Record<Side, Prices> {
  const { generator, target, users } = run.summary;
  const isProbed = (second: Second): boolean => (second.probe?.processes.length ?? 0) > 0;
  const probed = run.timeline.filter(isProbed).at(-1)?.probe?.processes.length ?? 1;
  const usual = usualPrices({ ...run.header, deliveriesPerSecond: 0 }, run.header.generator.processes);
  const beyond = reading.extent === 'most' ? beyondTrial(users.peak) : 1;
  return {
    generator: priced(usual.generator, {
      dearer: dearness(run, coresOfGenerator, { ...reading, usual: usual.generator }),
      perConnection: connection(run, coresOfGenerator, generator.cpuMicrosPerMessage),
      memoryBytes: generator.rssMB * MEGABYTE,
      processes: generator.processes.length,
      users: users.peak,
    }),
    target: priced(usual.target, {
      dearer: dearness(run, coresOfTarget, { ...reading, usual: usual.target }) * beyond,
      perConnection: connection(run, coresOfTarget, target.cpuMicrosPerMessage ?? 0),
      memoryBytes: (target.rssMB ?? Number.NaN) * MEGABYTE,
      processes: probed,
      users: users.peak,
    }),
  };
}

interface Measured {
  /** Times by which all cost more than usual. */
  dearer: number;
  perConnection: number;
  memoryBytes: number;
  processes: number;
  users: number;
}

function priced(usual: Prices, measured: Measured): Prices {
  const { perConnection, memoryBytes, processes, users } = measured;
  const processBytes = (memoryBytes - users * usual.userBytes) / processes;
  const dearer = isSane(measured.dearer) ? measured.dearer : 1;
  return {
    ...usual,
    message: usual.message * dearer,
    delivery: usual.delivery * dearer,
    heartbeat: usual.heartbeat * dearer,
    connection: isSane(perConnection)
      ? Math.min(perConnection * COMPILED_SHARE, MOST_DEARER * usual.connection)
      : usual.connection,
    processBytes: isSane(processBytes) ? processBytes : usual.processBytes,
  };
}

/** Times by which a measured second cost more than what was done in one usually does. */
function dearness(
  run: Run,
  coresOf: (second: Second) => number,
  { heartbeatsPerSecond, extent, usual }: Reading & { usual: Prices },
): number {
  const measured = new Set(run.header.phases.filter((phase) => phase.measured).map(({ name }) => name));
  const seconds = run.timeline.filter(({ phase }) => measured.has(phase));
  const answered = seconds.reduce((sum, second) => sum + second.answered, 0) / seconds.length;
  const cores = seconds.map(coresOf).filter(isSane);
  const one = extent === 'least' ? Math.min(...cores) : Math.max(...cores);
  return (one * MICROSECONDS) / (answered * usual.message + heartbeatsPerSecond * usual.heartbeat);
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
