/** What a worker allocates and what its garbage collector takes, counted between two questions. */
import { GCProfiler, getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Between `begin` and `end`. */
export interface HeapUse {
  /** On the heap and in buffers. */
  allocatedBytes: number;
  /** Time the program stood still for the collector. */
  gcMicros: number;
}

/** What one collection finds unused may be the last thing that held something else. */
const COLLECTIONS = 4;

/** Counts what is allocated: what each collection took away, and what is there at the end. */
export class HeapMeter {
  #profiler: GCProfiler | undefined;
  #usedAtStart = 0;

  /** Begins to count. */
  begin(): void {
    this.#profiler?.stop();
    this.#profiler = new GCProfiler();
    this.#profiler.start();
    this.#usedAtStart = usedNow();
  }

  /** Ends counting. All zeros without `begin`. */
  end(): HeapUse {
    const statistics = this.#profiler?.stop()?.statistics;
    this.#profiler = undefined;
    if (statistics === undefined) return { allocatedBytes: 0, gcMicros: 0 };
    let allocatedBytes = usedNow() - this.#usedAtStart;
    let gcMicros = 0;
    for (const { beforeGC, afterGC, cost } of statistics) {
      allocatedBytes += used(beforeGC.heapStatistics) - used(afterGC.heapStatistics);
      gcMicros += cost;
    }
    return { allocatedBytes: Math.max(0, allocatedBytes), gcMicros };
  }
}

/** Makes a function that gives back all memory nobody holds. */
export function createCollector(): () => void {
  // Node's own switch for this is a flag at start, which a cluster's workers do not get from outside.
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  return () => {
    for (let left = COLLECTIONS; left > 0; left -= 1) collect();
  };
}

function usedNow(): number {
  const { used_heap_size, external_memory } = getHeapStatistics();
  return used_heap_size + external_memory;
}

function used({ usedHeapSize, externalMemory }: { usedHeapSize: number; externalMemory: number }): number {
  return usedHeapSize + externalMemory;
}
