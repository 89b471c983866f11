/** A bench without servers, for tests: two builds that cost what a test says. */
import { createWorld, type World } from '../../../reports/gate/run/testing.ts';
import type { Bench, BenchOptions, Calibration } from '../bench/index.ts';

/** What the host of the bench is. */
export const aCalibration: Calibration = {
  offeredPerSecond: 4_000,
  stallLimitMs: 15,
  host: { cpus: 2, model: 'a processor', kernel: '6.1', node: '20.20.0' },
  pace: { blockSeconds: { long: 12, short: 8 }, memorySeconds: 4 },
  isPinned: true,
  countsInstructions: true,
};

/** A bench that remembers what was asked of it. */
export interface TestBench extends Bench {
  readonly options: BenchOptions;
  opened: number;
  closed: number;
}

/** Makes benches; each is added to the list. */
export function benchesOf(
  world: World,
  calibration: Partial<Calibration> = {},
): { made: TestBench[]; createBench(options: BenchOptions): Promise<TestBench> } {
  const made: TestBench[] = [];
  return {
    made,
    async createBench(options) {
      const open = createWorld('noise', world);
      const bench: TestBench = {
        options,
        opened: 0,
        closed: 0,
        calibrate: async () => ({ ...aCalibration, ...calibration }),
        async open(plan) {
          bench.opened += 1;
          return open(plan);
        },
        async close() {
          bench.closed += 1;
        },
      };
      made.push(bench);
      return bench;
    },
  };
}
