/** What each block of a record says, for tables and spreadsheets. */
import type { Block } from '../../gate/measurements/index.ts';
import type { GateHeader } from '../../gate/record/index.ts';
import { valuesOfBlock } from '../../gate/result/index.ts';
import { pairsOf } from '../../gate/validity/index.ts';
import type { ReportBlock } from './schema.ts';

/** Sums up one attempt at a block. */
export function toReportBlock(header: GateHeader, block: Block): ReportBlock {
  const pairs = pairsOf(block, header.guards);
  const disturbed = { base: 0, candidate: 0 };
  const causes: Record<string, number> = {};
  for (const { entry, by } of pairs.flatMap((pair) => pair.disturbed)) {
    disturbed[entry.arm] += 1;
    for (const cause of by) causes[cause] = (causes[cause] ?? 0) + 1;
  }
  const values = valuesOfBlock(header, block);
  const firstAttempts = pairs.filter(({ attempt }) => attempt === 1);
  return {
    index: block.index,
    attempt: block.attempt,
    isWhole: values !== undefined,
    first: block.entries[0]?.arm ?? 'base',
    pairs: firstAttempts.length,
    pairsAgain: firstAttempts.filter((pair) => pair.disturbed.length > 0).length,
    disturbed,
    causes,
    values: { ...values },
  };
}
