/** What a trial run cost on this host, as prices of what it was made of. */
import type { Run, Second } from '../results/index.ts';
import { type Prices, usualPrices } from './cost.ts';

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
    connection: isSane(perConnection) ? perConnection : usual.connection,
    processBytes: isSane(processBytes) ? processBytes : usual.processBytes,
  };
}

/** Microseconds a connection took in the last whole second in which users came: earlier ones warm the code up. */
function connection({ header, timeline }: Run, coresOf: (second: Second) => number): number {
  const before = timeline.findLast(
    ({ second, phase }) => phase === header.phases[0]?.name && second + 1 <= (header.phases[0]?.end ?? 0),
  );
  const started = (second: Second | undefined): number => second?.users.started ?? 0;
  const earlier = timeline.find(({ second }) => second === (before?.second ?? 0) - 1);
  const arrived = started(before) - started(earlier);
  return before === undefined ? Number.NaN : (coresOf(before) * MICROSECONDS) / arrived;
}

function isSane(value: number): boolean {
  return Number.isFinite(value) && value > 0;
}
