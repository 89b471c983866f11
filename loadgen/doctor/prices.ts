/** What a trial run cost on this host, as prices of what it was made of. */
import type { Run, Second } from '../results/index.ts';
import { type Prices, usualPrices } from './cost.ts';

/** Times by which a connection may cost more here than usual. */
const MOST_DEARER = 2;

const MICROSECONDS = 1_000_000;
const MEGABYTE = 1_000_000;

/** Reads the prices off a trial. A publication costs as much more or less than usual as a message does. */
export function pricesOf(run: Run): typeof usualPrices {
  const { generator, target, messages } = run.summary;
  const isProbed = (second: Second): boolean => (second.probe?.processes.length ?? 0) > 0;
  const probed = run.timeline.filter(isProbed).at(-1)?.probe?.processes.length ?? 1;
  return {
    generator: priced(usualPrices.generator, {
      perMessage: (generator.cpuCores * MICROSECONDS) / messages.perSecond,
      perConnection: connection(run, ({ generator: { cpuCores } }) => cpuCores),
      memoryBytes: generator.rssMB * MEGABYTE,
      processes: generator.processes.length,
      users: run.summary.users.peak,
    }),
    target: priced(usualPrices.target, {
      perMessage: ((target.cpuCores ?? Number.NaN) * MICROSECONDS) / messages.perSecond,
      perConnection: connection(run, ({ probe }) =>
        (probe?.processes ?? []).reduce((sum, { cpuCores }) => sum + cpuCores, 0),
      ),
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
