/** `scbench report`: the pages of a finished run, made anew from its record. */
import { dirname } from 'node:path';
import type { Command } from 'commander';
import { writeReports } from '../../reports/index.ts';
import { openRun, printSummary } from './values/index.ts';

/** Adds the command. */
export function addReport(program: Command): void {
  program
    .command('report')
    .description('make the pages of a finished run anew from its record')
    .argument('<run>', 'the folder of a run, its run.jsonl, or its report.html')
    .allowExcessArguments(false)
    .action(report);
}

async function report(path: string): Promise<void> {
  const { run, source } = await openRun(path);
  const files = [source, ...(await writeReports(run, dirname(source)))];
  printSummary(run.summary, files);
}
