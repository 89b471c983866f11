/** A job from its first block to its answer. What a block is measured with is for the caller to say. */
import { cutLooks } from '../looks/index.ts';
import type { Block } from '../measurements/index.ts';
import { type GateHeader, type GateLine, lookAt } from '../record/index.ts';
import { isWholeBlock, MOST_ATTEMPTS, type Result, resultOf } from '../result/index.ts';
import { type BlockPlan, planBlocks } from '../schedule/index.ts';
import { checkSettings } from '../verdicts/index.ts';

/** What a job needs of the world around it. */
export interface GateJob {
  readonly header: GateHeader;
  /** Measures one block with fresh processes; `attempt` counts from 1. */
  measure(plan: BlockPlan, attempt: number): Promise<Block>;
  /** Keeps a line of the record. */
  append(line: GateLine): void;
  /** Hears of the answer so far after each block. */
  onBlock?(block: Block, result: Result): void;
  /** Whether there is time for one block more; without it there always is. The last look is at what was measured. */
  hasTime?(): boolean;
  /** Ends the job after the block under way; what was measured is kept. */
  readonly signal?: AbortSignal;
}

/** The answer of a job. */
export interface GateAnswer {
  /** With the looks as they were in the end. */
  readonly header: GateHeader;
  readonly result: Result;
}

/**
 * Measures blocks until the job has its answer, and writes it down.
 * @throws RangeError before the first block when the rules of the job are unsound.
 */
export async function runGate(job: GateJob): Promise<GateAnswer> {
  const { header } = job;
  checkSettings(header.settings);
  const most = header.settings.looks.at(-1)?.blocks ?? 0;
  const blocks: Block[] = [];
  let result = resultOf(header, blocks);
  for (const plan of planBlocks(header.seed, { blocks: most, length: header.length })) {
    if (result.isFinished || !mayGoOn(job)) break;
    result = await measureUntilWhole(job, { plan, blocks });
  }
  const isOver = !result.isFinished && job.signal?.aborted !== true;
  const answer = isOver ? lastLook(job, { blocks, result }) : { header, result };
  job.append({ type: 'final', result: answer.result });
  return answer;
}

/** Judges what there is when the time is over. Nobody's wish ended the job, so no wish decides what it says. */
function lastLook(
  { header, append }: GateJob,
  { blocks, result }: { blocks: Block[]; result: Result },
): GateAnswer {
  const looks = cutLooks(header.settings.looks, result.blocks.measured);
  const cut = lookAt(header, { looks });
  const last = resultOf(cut, blocks);
  if (!last.isFinished) return { header, result };
  append({ type: 'looks', looks });
  return { header: cut, result: last };
}

function mayGoOn({ hasTime, signal }: GateJob): boolean {
  return signal?.aborted !== true && hasTime?.() !== false;
}

async function measureUntilWhole(
  job: GateJob,
  { plan, blocks }: { plan: BlockPlan; blocks: Block[] },
): Promise<Result> {
  let result = resultOf(job.header, blocks);
  for (let attempt = 1; attempt <= MOST_ATTEMPTS && mayGoOn(job); attempt += 1) {
    const block = await job.measure(plan, attempt);
    blocks.push(block);
    job.append({ type: 'block', ...block });
    result = resultOf(job.header, blocks);
    job.onBlock?.(block, result);
    if (result.isFinished || isWholeBlock(job.header, block)) break;
  }
  return result;
}
