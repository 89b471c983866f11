/** The capacity at each of the common limits. */
import {
  limitsOfSize,
  type PlanDocument,
  type PlanSize,
  writeInterval,
  writeLoad,
  writeNumber,
} from '../../../plan/document/index.ts';
import { createPlot, drawing, ticksBetween } from '../../gate/index.ts';
import type { Insert } from '../../html.ts';
import { frame, intervalBar } from './marks.ts';

/** Room above what is highest, as a share of all. */
const ROOM = 0.08;

/** Draws the capacities of one size by limit. Nothing where no load met any. */
export function limitsChart(size: PlanSize, { proof }: Pick<PlanDocument, 'proof'>): Insert {
  const known = limitsOfSize(size, proof).flatMap(({ estimate, ...capacity }) =>
    estimate === null ? [] : [{ ...capacity, ...estimate }],
  );
  if (known.length === 0) return false;
  const limits = size.capacities.map(({ withinMs }) => withinMs);
  const highest = Math.max(...known.map(({ upper }) => upper)) * (1 + ROOM);
  const widest = Math.max(...limits);
  const plot = createPlot({ from: 0, to: widest * (1 + ROOM), lowest: 0, highest });
  const bars = known.map((each) => {
    const { withinMs, isAtLeast } = each;
    const value = isAtLeast ? `at least ${writeLoad(each.lower)}` : `${writeInterval(each)} messages/s`;
    return { ...each, at: withinMs, words: `within ${withinMs} ms: ${value}` };
  });
  const content = drawing(plot, {
    words: `Capacity by limit: ${bars.map(({ words }) => words).join('; ')}.`,
    across: limits.map((at) => ({ at, text: `${at} ms` })),
    up: ticksBetween(0, highest).map((at) => ({ at, text: writeNumber(at) })),
    content: bars.map((each) => intervalBar(plot, each)),
  });
  return frame('Capacity by limit', { unit: 'messages/s, by the limit of the objective', content });
}
