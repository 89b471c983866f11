/** A comparison for other programs. */
import type { Comparison } from './compare.ts';

/** Formats a comparison as JSON: the runs, and a row for each figure with the differences of all runs from the first. */
export function comparisonToJson({ runs, rows }: Comparison): string {
  const plain = {
    runs: runs.map(({ letter, source, run: { summary } }) => ({
      letter,
      source,
      scenario: summary.scenario,
      startedAt: summary.startedAt,
      verdict: summary.verdict,
    })),
    rows: rows.map(({ subject: { name, unit, better }, reference, others }) => ({
      name,
      unit,
      better,
      reference,
      others,
    })),
  };
  return `${JSON.stringify(plain, null, 2)}\n`;
}
