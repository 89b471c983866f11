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
}

/** Looks at the workers from now on. Returns a function that ends it. */
export function limitMemory(options: MemoryOptions): () => void {
  let isBusy = false;
  const look = async (): Promise<void> => {
    if (isBusy) {
      return;
    }
    isBusy = true;
    for (const [id, worker] of options.workers.entries()) {
      await replaceIfLarge(options, id, worker);
    }
    isBusy = false;
  };
  const timer = setInterval(() => void look(), options.intervalMs);
  timer.unref();
  return () => clearInterval(timer);
}

/** One after the other, as all of them may have grown alike. */
async function replaceIfLarge(
  { mostBytes, snapshots, warn, withinMs }: MemoryOptions,
  id: number,
  worker: Pick<Supervised, 'pid' | 'restart'>,
): Promise<void> {
  const { pid } = worker;
  const bytes = snapshots().find((snapshot) => snapshot.pid === pid)?.rssBytes ?? 0;
  if (pid === undefined || bytes <= mostBytes) {
    return;
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
  }
}
