/** What a server's processes use over a window, read from outside. */
import { cpus } from 'node:os';
import { readCoreTime } from './core-time.ts';
import { countInstructions, type EndCount } from './instructions.ts';
import { growth, readThreads } from './threads.ts';

/** Over one window. */
export interface ServerUse {
  cpuMicros: number;
  /** Smallest step of that time. */
  cpuStepMicros: number;
  /** In user mode; absent where nobody counts them. */
  instructions?: number;
  /** Share of the time in which the server's core was stolen, or others had it while the server wanted it. */
  waitingShare: number;
}

/** What is read, and where. */
export interface Metered {
  readonly pids: readonly number[];
  /** The servers' core; undefined where they have none of their own. */
  readonly core: number | undefined;
  readonly countsInstructions: boolean;
}

/** Begins to measure; the function it gives ends and tells. */
export async function beginUse({
  pids,
  core,
  countsInstructions,
}: Metered): Promise<() => Promise<ServerUse>> {
  const endCount: EndCount | undefined = countsInstructions ? await countInstructions(pids) : undefined;
  const cores = core === undefined ? cpus().length : 1;
  const from = performance.now();
  const threads = readThreads(pids);
  const coreTime = readCoreTime(core);
  return async () => {
    const instructions = await endCount?.();
    const threadsNow = readThreads(pids);
    const coreNow = readCoreTime(core);
    const micros = (performance.now() - from) * 1_000;
    const cpuMicros = growth(threads.ran, threadsNow.ran);
    // Threads of the server also wait for each other, which disturbs nobody: only what others used counts.
    const [idle, stolen] = [
      coreNow.idleMicros - coreTime.idleMicros,
      coreNow.stolenMicros - coreTime.stolenMicros,
    ];
    const others = micros * cores - idle - stolen - cpuMicros;
    const waited = Math.min(growth(threads.waited, threadsNow.waited), Math.max(0, others));
    return {
      cpuMicros,
      cpuStepMicros: threadsNow.stepMicros,
      ...(instructions !== undefined && { instructions }),
      waitingShare: (waited + stolen) / micros,
    };
  };
}
