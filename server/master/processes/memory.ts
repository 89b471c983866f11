/** Replaces workers whose memory has grown too large. */
import type { Snapshot } from '../../observe/index.ts';
import type { Supervised } from '../../process/index.ts';

export interface MemoryOptions {
  /** RSS above which a worker is replaced, bytes. */
  mostBytes: number;
  /** Pause between two looks, milliseconds. */
  intervalMs: number;
  /** Time a worker has to drain, milliseconds. */
  withinMs: number;
  workers: readonly Pick<Supervised, 'pid' | 'restart'>[];
  /** The latest figures of all processes. */
  snapshots(): readonly Pick<Snapshot, 'pid' | 'rssBytes'>[];
  /** Told of a worker by its number, before it is replaced and when its successor does not get ready. */
  warn(id: number, pid: number, warning: Error): void;
  /** Told once of a worker that is kept, because a new one needs more than the limit as well. */
  giveUp(id: number, pid: number, error: Error): void;
}

/** Looks at the workers from now on. Returns a function that ends it. */
export function limitMemory(options: MemoryOptions): () => void {
  /** Workers that are too large from their start. */
  const hopeless = new Set<number>();
  let isBusy = false;
  const look = async (): Promise<void> => {
    if (isBusy) {
      return;
    }
    isBusy = true;
    for (const [id, worker] of options.workers.entries()) {
      if (!hopeless.has(id) && (await replaceIfLarge(options, id, worker))) {
        hopeless.add(id);
      }
    }
    isBusy = false;
  };
  const timer = setInterval(() => void look(), options.intervalMs);
  timer.unref();
  return () => clearInterval(timer);
}

/** One after the other, as all of them may have grown alike. Resolves with whether it is of no use. */
async function replaceIfLarge(
  options: MemoryOptions,
  id: number,
  worker: Pick<Supervised, 'pid' | 'restart'>,
): Promise<boolean> {
  const { giveUp, mostBytes, warn, withinMs } = options;
  const { pid } = worker;
  const bytes = bytesOf(options, pid);
  if (pid === undefined || bytes <= mostBytes) {
    return false;
  }
  warn(
    id,
    pid,
    new Error(`Cannot keep worker ${id}: it holds ${bytes} bytes, wanted are at most ${mostBytes}`),
  );
  try {
    await worker.restart(withinMs);
  } catch (error) {
    warn(id, pid, error as Error);
    return false;
  }
  const bytesAtStart = bytesOf(options, worker.pid);
  if (bytesAtStart > mostBytes) {
    const why = `a new one holds ${bytesAtStart} bytes already, wanted is more for killWorkerMemoryThreshold`;
    giveUp(id, worker.pid ?? 0, new Error(`Cannot keep worker ${id} below ${mostBytes} bytes: ${why}`));
    return true;
  }
  return false;
}

function bytesOf({ snapshots }: MemoryOptions, pid: number | undefined): number {
  return snapshots().find((snapshot) => snapshot.pid === pid)?.rssBytes ?? 0;
}
