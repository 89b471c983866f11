/** `scbench report`: the pages of a finished run, made anew from its record. */
import { basename, dirname, join } from 'node:path';
import type { Command } from 'commander';
import { writeReports } from '../../reports/index.ts';
import { readRun } from '../results/index.ts';
import { printSummary } from './values/index.ts';

/** Name of the record in the folder of a run. */
const RECORD_NAME = 'run.jsonl';

/** Adds the command. */
export function addReport(program: Command): void {
  program
    .command('report')
    .description('make the pages of a finished run anew from its record')
    .argument('<run>', 'the folder of a run, or its run.jsonl')
    .allowExcessArguments(false)
    .action(report);
}

async function report(path: string): Promise<void> {
  const record = basename(path) === RECORD_NAME ? path : join(path, RECORD_NAME);
  const finished = await readRun(record);
  const files = [record, ...(await writeReports(finished, dirname(record)))];
  printSummary(finished.summary, files);
}
