/** What commands that make reports end with. */
import { formatSummary, mayColour } from '../../../reports/index.ts';
import type { Summary } from '../../results/index.ts';

/** Prints a summary for people, with the files that hold more. */
export function printSummary(
  summary: Summary,
  files: readonly string[],
  stdout: { isTTY?: boolean; write(text: string): unknown } = process.stdout,
): void {
  const colour = mayColour(stdout, process.env);
  stdout.write(`\n${formatSummary(summary, { colour, files })}`);
}
