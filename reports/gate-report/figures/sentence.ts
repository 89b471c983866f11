/** The verdict of a gate in one sentence for somebody who has never seen one. */
import { formatThings } from '../../figures/index.ts';
import { metrics } from '../../gate/metrics/index.ts';
import type { GateHeader } from '../../gate/record/index.ts';
import type { Result, Row } from '../../gate/result/index.ts';
import { writeBounds, writeEffect } from './words.ts';

/** Says what came out: what is worse and by how much, or why nothing can be said. */
export function verdictSentence(result: Result, { settings }: Pick<GateHeader, 'settings'>): string {
  const { status, reasons, isFinished, blocks, rows } = result;
  const [first = ''] = reasons;
  const worse = rows.filter(({ verdict }) => verdict === 'regression');
  if (status === 'regression') return worse.length > 0 && !isFault(first) ? listOf(worse, 'worse') : first;
  if (status === 'pass') return passSentence(rows);
  if (status === 'inconclusive' && isFinished) return openSentence(result, settings);
  if (status === 'inconclusive') {
    const most = settings.looks.at(-1)?.blocks;
    return `The job ended after ${blocks.measured} of at most ${formatThings(most ?? 0, 'block')}: it has no answer`;
  }
  return first;
}

/** A message that went wrong outweighs every metric. */
function isFault(reason: string): boolean {
  return reason.startsWith('The candidate breaks');
}

function passSentence(rows: readonly Row[]): string {
  const better = rows.filter(({ verdict }) => verdict === 'improvement');
  const open = rows.filter(({ verdict }) => verdict === 'inconclusive');
  const parts = [
    'No gated metric is worse by an amount that matters',
    ...(better.length > 0 ? [listOf(better, 'better')] : []),
    ...(open.length > 0 ? [`${titles(open)} may stay open`] : []),
  ];
  return parts.join('; ');
}

function openSentence({ rows, blocks }: Result, { hypotheses }: GateHeader['settings']): string {
  const awaited = hypotheses.filter(({ mayStayOpen }) => !mayStayOpen).map(({ metric }) => metric);
  const open = rows.filter(({ metric, verdict }) => verdict === 'inconclusive' && awaited.includes(metric));
  const needed = Math.max(...open.map((row) => row.blocksNeeded));
  return `${formatThings(blocks.judged, 'block')} do not settle ${titles(open)}; about ${needed} would`;
}

function listOf(rows: readonly Row[], word: string): string {
  const parts = rows.map((row) => {
    const size = writeEffect(row.metric, row.effect).replace(/^[+−]/, '');
    return `${metrics[row.metric].title} is ${size} ${word} (${writeBounds(row.metric, row)})`;
  });
  return parts.join('; ');
}

function titles(rows: readonly Row[]): string {
  return rows.map(({ metric }) => metrics[metric].title).join('; ');
}
