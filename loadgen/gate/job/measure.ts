/** Blocks from a bench until the job has its answer, each written down as it ends. */
import {
  createGateRecord,
  type GateAnswer,
  type GateHeader,
  measureBlock,
  recompute,
  runGate,
} from '../../../reports/gate/index.ts';
import type { Bench } from '../bench/index.ts';
import { orFailed } from './or-failed.ts';
import { createProgress } from './progress.ts';
import { takesMemory } from './rules/index.ts';

/** Who hears of a job, and what ends it. */
export interface Listening {
  /** Tells a person what is going on, one line at a time. */
  say(text: string): void;
  readonly signal: AbortSignal;
}

/** A job that is measured. */
export interface Measured {
  readonly header: GateHeader;
  /** Path of its record. */
  readonly record: string;
  /** Whether there is time for one block more. Default: there always is. */
  hasTime?(): boolean;
}

/**
 * Measures and gives the answer. An interrupt ends the block under way, and no block begins without time for it; those
 * before are kept, and the answer is what they say.
 *
 * @throws ClusterError MEASUREMENT_FAILED when a block cannot be measured; those before it stand in the record.
 */
export async function measure(
  bench: Pick<Bench, 'open'>,
  { header, record, hasTime }: Measured,
  { say, signal }: Listening,
): Promise<GateAnswer> {
  const { guards, settings } = header;
  const append = createGateRecord(record, header);
  const cannot = `Cannot go on with the gate, of which "${record}" keeps all whole blocks`;
  try {
    return await runGate({
      header,
      append,
      signal,
      ...(hasTime && { hasTime }),
      async measure(plan, attempt) {
        const opened = bench.open(plan, {
          takesMemory: takesMemory(settings, plan.index),
          mayWait: () => !signal.aborted && hasTime?.() !== false,
        });
        const block = await orFailed(cannot, () => measureBlock(opened, { plan, attempt, guards }));
        // A signal may reach the servers too: that they end by it is no word about a build.
        if (block.breakdown !== undefined) signal.throwIfAborted();
        return block;
      },
      onBlock: createProgress(settings, say),
    });
  } catch (error) {
    if (!signal.aborted) throw error;
    const { result } = recompute(record);
    append({ type: 'final', result });
    return { header, result };
  }
}
