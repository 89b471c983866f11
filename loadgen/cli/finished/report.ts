/** `scbench report`: the pages of a finished run, made anew from its record. */
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { writeIndex, writeReports } from '../../../reports/index.ts';
import { printSummary } from '../values/index.ts';
import { openRun, RECORD_NAME } from './open-run.ts';

/** Adds the command. */
export function addReport(program: Command): void {
  program
    .command('report')
    .description('make the pages of a finished run anew from its record, or a page of all runs in a folder')
    .argument('<run>', 'the folder of a run, its run.jsonl, its report.html, or a folder of such folders')
    .allowExcessArguments(false)
    .action(report);
}

async function report(path: string): Promise<void> {
  if (holdsRuns(path)) {
    process.stdout.write(`${await writeIndex(path)}\n`);
    return;
  }
  const { run, source } = await openRun(path);
  const files = new Set([source, ...(await writeReports(run, dirname(source)))]);
  printSummary(run.summary, [...files]);
}

/** A folder without a record of its own is taken for one of many runs. */
function holdsRuns(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory() && !existsSync(join(path, RECORD_NAME));
}
