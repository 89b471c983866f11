/** `scbench compare`: any number of finished runs, held against the first of them. */
import type { Command } from 'commander';
import { comparisonToJson, formatComparison, writeComparison } from '../../../reports/index.ts';
import { writeOutput } from '../values/index.ts';
import { type OpenedRun, openRun } from './open-run.ts';

interface CompareFlags {
  out: string;
  json?: string;
}

/** Adds the command. */
export function addCompare(program: Command): void {
  program
    .command('compare')
    .description('hold finished runs against the first of them, in one table and one page')
    .argument('<runs...>', 'folders of runs, their run.jsonl, or their report.html')
    .option('-o, --out <file>', 'the page', 'comparison.html')
    .option('--json <file>', 'write all figures there too')
    .action(compare);
}

async function compare(paths: readonly string[], { out, json }: CompareFlags): Promise<void> {
  const runs: OpenedRun[] = [];
  // One after the other: each of them may be large.
  for (const path of paths) runs.push(await openRun(path));
  const comparison = await writeComparison(runs, out);
  process.stdout.write(`\n${formatComparison(comparison)}\n${out}\n`);
  if (json !== undefined) await writeOutput(json, comparisonToJson(comparison));
}
