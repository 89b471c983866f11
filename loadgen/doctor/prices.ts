/** What a trial run cost on this host, as prices of what it was made of. */
import type { Run, Second } from '../results/index.ts';
import { type Prices, usualPrices } from './cost.ts';

/** Times by which a connection may cost more here than usual. */
const MOST_DEARER = 2;

/** Seconds at the end of what is measured that count. */
const WARM_SECONDS = 3;

const MICROSECONDS = 1_000_000;
const MEGABYTE = 1_000_000;

/** Reads the prices off a trial. A publication costs as much more or less than usual as a message does. */
export function pricesOf(run: Run): typeof usualPrices {
  const { generator, target } = run.summary;
  const isProbed = (second: Second): boolean => (second.probe?.processes.length ?? 0) > 0;
  const probed = run.timeline.filter(isProbed).at(-1)?.probe?.processes.length ?? 1;
  return {
    generator: priced(usualPrices.generator, {
      perMessage: message(run, coresOfGenerator),
      perConnection: connection(run, coresOfGenerator),
      memoryBytes: generator.rssMB * MEGABYTE,
      processes: generator.processes.length,
      users: run.summary.users.peak,
    }),
    target: priced(usualPrices.target, {
      perMessage: message(run, coresOfTarget),
      perConnection: connection(run, coresOfTarget),
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
  return {
    ...usual,
    message,
    delivery: usual.delivery * (message / usual.message),
    // Code that has run a hundred times is not compiled yet: it costs more than it will, by how much nobody knows.
    connection: isSane(perConnection)
      ? Math.min(perConnection, MOST_DEARER * usual.connection)
      : usual.connection,
    processBytes: isSane(processBytes) ? processBytes : usual.processBytes,
  };
}

function coresOfGenerator({ generator }: Second): number {
  return generator.cpuCores;
}

function coresOfTarget({ probe }: Second): number {
  return (probe?.processes ?? []).reduce((sum, { cpuCores }) => sum + cpuCores, 0);
}

/** Microseconds a message took in the last measured seconds: code that has just begun is not compiled yet. */
function message({ header, timeline }: Run, coresOf: (second: Second) => number): number {
  const { start, end } = header.phases.find(({ measured }) => measured) ?? { start: 0, end: 0 };
  const last = timeline.filter(({ second }) => second >= start && second < end).slice(-WARM_SECONDS);
  const answered = last.reduce((sum, second) => sum + second.answered, 0);
  return (last.reduce((sum, second) => sum + coresOf(second), 0) * MICROSECONDS) / answered;
}

/** Microseconds a connection took in the second in which most users came, the first one left out. */
function connection({ timeline }: Run, coresOf: (second: Second) => number): number {
  const arrivals = timeline.slice(1).map((second, before) => ({
    cores: coresOf(second),
    users: second.users.started - (timeline[before]?.users.started ?? 0),
  }));
  const [busiest] = arrivals.sort((one, other) => other.users - one.users);
  return busiest === undefined ? Number.NaN : (busiest.cores * MICROSECONDS) / busiest.users;
}

function isSane(value: number): boolean {
  return Number.isFinite(value) && value > 0;
}
