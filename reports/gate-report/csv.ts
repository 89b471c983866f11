/** The blocks of a gate as CSV, one row for each attempt, for whoever goes on calculating. */

import { quote } from '../csv.ts';
import { formatCauses } from '../figures/index.ts';
import type { GateReport, ReportBlock } from './figures/index.ts';

type Metric = GateReport['rows'][number]['metric'];

/** Formats every attempt at a block, in the order of time, with the figures of both builds where it is whole. */
export function formatBlocksCsv({ measured }: GateReport): string {
  const metrics = [...new Set(measured.flatMap(({ values }) => Object.keys(values) as Metric[]))];
  const head = [
    ...['block', 'attempt', 'whole', 'first', 'pairs', 'pairsAgain', 'disturbedBase', 'disturbedCandidate'],
    'causes',
    ...metrics.flatMap((metric) => [`${metric}.base`, `${metric}.candidate`]),
  ];
  const rows = measured.map((block) => [
    ...[block.index, block.attempt, String(block.isWhole), block.first, block.pairs, block.pairsAgain],
    ...[block.disturbed.base, block.disturbed.candidate, formatCauses(block.causes)],
    ...metrics.flatMap((metric) => figuresOf(block, metric)),
  ]);
  return [head, ...rows].map((row) => `${row.map(quote).join(',')}\n`).join('');
}

function figuresOf({ values }: ReportBlock, metric: Metric): (number | undefined)[] {
  return [values[metric]?.base, values[metric]?.candidate];
}
