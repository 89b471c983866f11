/** What a person reads while blocks are measured. Effects are told at looks alone: between them they mislead. */

import type { Block, GateHeader, Result, Row } from '../../../reports/gate/index.ts';
import { formatClock } from '../../../reports/index.ts';

const PER_CENT = 100;
const MS_PER_SECOND = 1_000;

/** Says how many blocks there may be, how long they take, and when that is more than was asked for. */
export function describePlan({
  length,
  time,
  settings,
}: Pick<GateHeader, 'length' | 'time' | 'settings'>): string {
  const most = settings.looks.at(-1)?.blocks ?? 0;
  const plan = `At most ${most} ${length} blocks`;
  if (time === undefined) return plan;
  const { blockSeconds, limitSeconds } = time;
  const limit = formatClock(limitSeconds);
  const fits = most * blockSeconds <= limitSeconds;
  const why = fits ? `for a job of ${limit}` : `longer than ${limit}, since fewer could hardly find anything`;
  return `${plan} of about ${Math.round(blockSeconds)} s, ${why}`;
}

/** Makes the listener of a job's blocks. Its clock starts now. */
export function createProgress(
  { looks }: GateHeader['settings'],
  say: (text: string) => void,
  now: () => number = Date.now,
): (block: Block, result: Result) => void {
  const startedAt = now();
  const most = looks.at(-1)?.blocks ?? 0;
  let judged = 0;
  return (block, result) => {
    const again = block.attempt > 1 ? `, for the ${block.attempt === 2 ? 'second' : 'third'} time` : '';
    const clock = formatClock((now() - startedAt) / MS_PER_SECOND);
    const parts = [`Block ${block.index + 1} of at most ${most}${again}`, ...describePairs(result), clock];
    say(parts.join(', '));
    if (result.blocks.judged === judged) return;
    judged = result.blocks.judged;
    const found = result.rows.flatMap((row) => (row.verdict === undefined ? [] : describeRow(row)));
    say(`Look after ${judged} blocks: ${found.join(', ')}`);
  };
}

function describePairs({ disturbed }: Result): string[] {
  const { disturbedPairs, pairs } = disturbed;
  return disturbedPairs === 0 ? [] : [`${disturbedPairs} of ${pairs} pairs disturbed`];
}

function describeRow({ metric, verdict, effect }: Row): string {
  return `${metric} ${verdict} ${effect < 0 ? '−' : '+'}${Math.abs(effect * PER_CENT).toFixed(1)} %`;
}
