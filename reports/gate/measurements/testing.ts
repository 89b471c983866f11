/** Windows and blocks for tests: undisturbed unless asked otherwise, dearer or slower by a factor. */
import type { BlockPlan } from '../schedule/index.ts';
import type { Block, Entry } from './block.ts';
import { type Mode, modes, type Window } from './window.ts';

/** What a test wants to be different about a window. */
export interface Wish {
  mode?: Mode;
  /** Factor on CPU, instructions, allocation and times. */
  factor?: number;
  waitingShare?: number;
  lost?: number;
}

/** Makes a window of a thousand messages, 20 µs each, answered within 1 ms. */
export function aWindow({ mode = 'fixed', factor = 1, waitingShare = 0, lost = 0 }: Wish = {}): Window {
  const messages = { offered: 1_000, sent: 1_000, answered: 1_000 - lost, dropped: 0 };
  const slices = [1, 1.2, 0.9, 1.1].map((p50Ms) => ({
    messages: 1_000,
    p50Ms: p50Ms * factor,
    p99Ms: 3 * p50Ms * factor,
  }));
  return {
    seconds: 1,
    messages: { ...messages, lost, duplicated: 0, reordered: 0, troubles: 0 },
    server: {
      cpuMicros: 20_000 * factor,
      cpuStepMicros: 1,
      instructions: 80_000_000 * factor,
      allocatedBytes: 400_000 * factor,
      gcMicros: 500 * factor,
    },
    generator: { cpuShare: 0.3, latenessP99Ms: 0.5, latenessMaxMs: 2 },
    waitingShare,
    ...(mode === 'open' && { slices }),
  };
}

/** Makes a whole block of a plan, every window measured once. */
export function aBlock(plan: BlockPlan, wish: (entry: Omit<Entry, 'window'>) => Wish = () => ({})): Block {
  const entries = modes.flatMap((mode) =>
    plan.windows.map((arm, position): Entry => {
      const place = { mode, position, arm, attempt: 1 };
      return { ...place, window: aWindow({ mode, ...wish(place) }) };
    }),
  );
  return { index: plan.index, attempt: 1, entries, memory: { base: 8_000, candidate: 8_000 } };
}
