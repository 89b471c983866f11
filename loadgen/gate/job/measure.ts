/** Blocks from a bench until the job has its answer, each written down as it ends. */
import {
  createGateRecord,
  type GateHeader,
  measureBlock,
  type Result,
  recompute,
  runGate,
} from '../../../reports/gate/index.ts';
import type { Bench } from '../bench/index.ts';
import { takesMemory } from './fit.ts';
import { createProgress } from './progress.ts';

/** Who hears of a job, and what ends it. */
export interface Listening {
  /** Tells a person what is going on, one line at a time. */
  say(text: string): void;
  readonly signal: AbortSignal;
}

/**
 * Measures and gives the answer. An interrupt ends the block under way; those before it are kept, and the answer is
 * what they say.
 */
export async function measure(
  bench: Pick<Bench, 'open'>,
  { header, record }: { header: GateHeader; record: string },
  { say, signal }: Listening,
): Promise<Result> {
  const { guards, settings } = header;
  const append = createGateRecord(record, header);
  try {
    return await runGate({
      header,
      append,
      signal,
      async measure(plan, attempt) {
        const block = await bench.open(plan, { takesMemory: takesMemory(settings, plan.index) });
        return measureBlock(block, { plan, attempt, guards });
      },
      onBlock: createProgress(settings, say),
    });
  } catch (error) {
    if (!signal.aborted) throw error;
    const { result } = recompute(record);
    append({ type: 'final', result });
    return result;
  }
}
