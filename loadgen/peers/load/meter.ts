/** What something costs a server, and the clients that ask for it. */
import { beginUse, hasCounters } from '../../gate/bench/machine/index.ts';

/** What it took. */
export interface Cost {
  /** Processor time of the process that holds the sockets, microseconds. */
  process: number;
  /** Of all processes of the server. */
  all: number;
  /** Of them in user mode; absent where the machine does not count them. */
  instructions?: number;
  seconds: number;
  /** Share of a core that this process, the clients', used. */
  clients: number;
}

const MICROS_PER_SECOND = 1e6;
const MS_PER_SECOND = 1_000;

let counting: Promise<boolean> | undefined;

/** Finds out what an action costs. */
export async function costOf(
  { pid, pids }: { pid: number; pids: readonly number[] },
  act: () => Promise<void>,
): Promise<Cost> {
  counting ??= hasCounters();
  const endAll = await beginUse({ pids, core: undefined, countsInstructions: await counting });
  const endOwn =
    pids.length === 1
      ? undefined
      : await beginUse({ pids: [pid], core: undefined, countsInstructions: false });
  const before = process.cpuUsage();
  const start = performance.now();
  await act();
  const seconds = (performance.now() - start) / MS_PER_SECOND;
  const { user, system } = process.cpuUsage(before);
  const own = await endOwn?.();
  const { cpuMicros, instructions } = await endAll();
  return {
    process: own?.cpuMicros ?? cpuMicros,
    all: cpuMicros,
    ...(instructions !== undefined && { instructions }),
    seconds,
    clients: (user + system) / MICROS_PER_SECOND / seconds,
  };
}
