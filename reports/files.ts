/** Writes what people and build servers read of a run beside the run record. */
import { basename, dirname } from 'node:path';
import type { Run } from '../loadgen/results/index.ts';
import { type Comparison, compareRuns, type NamedRun } from './compare/index.ts';
import { formatCsv } from './csv.ts';
import { readHistory } from './history/index.ts';
import { formatJunit } from './junit.ts';
import { formatMarkdown } from './markdown.ts';
import { buildComparisonPage, buildHistoryPage, buildPage } from './page/index.ts';
import { formatPrometheus } from './prometheus.ts';
import { writeAll } from './write-files.ts';

/** Names of the reports on a run, the page first. */
export const reportNames = [
  'report.html',
  'summary.json',
  'summary.md',
  'junit.xml',
  'seconds.csv',
  'metrics.prom',
] as const;

/**
 * Writes `report.html`, `summary.json`, `summary.md`, `junit.xml`, `seconds.csv` and `metrics.prom` into a folder,
 * which is made if need be.
 * Files of an earlier report on the same run are overwritten.
 *
 * @returns The paths written, the page first.
 * @throws ClusterError OPTION_INVALID when the folder cannot be written to, RESULTS_UNWRITTEN when there is no room for
 *   some of them; the others are written.
 */
export async function writeReports(run: Run, directory: string): Promise<string[]> {
  const contents: Record<(typeof reportNames)[number], string> = {
    'report.html': buildPage(run),
    'summary.json': `${JSON.stringify(run.summary, null, 2)}\n`,
    'summary.md': formatMarkdown(run.summary),
    'junit.xml': formatJunit(run.summary),
    'seconds.csv': formatCsv(run),
    'metrics.prom': formatPrometheus(run.summary),
  };
  return writeAll(directory, contents);
}

/**
 * Compares runs and writes the page of the comparison.
 *
 * @throws ClusterError USAGE_WRONG, RUN_INVALID or RUNS_DIFFER when they cannot be compared; OPTION_INVALID when the
 *   page cannot be written.
 */
export async function writeComparison(runs: readonly NamedRun[], path: string): Promise<Comparison> {
  const comparison = compareRuns(runs);
  await writeAll(dirname(path), { [basename(path)]: buildComparisonPage(comparison) });
  return comparison;
}

/**
 * Writes `index.html` into a folder that holds the folders of runs: all of them, with trend lines.
 *
 * @returns Its path.
 * @throws ClusterError RECORD_INVALID when no run is there, OPTION_INVALID when it cannot be written.
 */
export async function writeIndex(directory: string): Promise<string> {
  const page = buildHistoryPage(await readHistory(directory));
  const [path = ''] = await writeAll(directory, { 'index.html': page });
  return path;
}
