/** Writes what people and build servers read of a run beside the run record. */
import type { Run } from '../loadgen/results/index.ts';
import { type Comparison, compareRuns, type NamedRun } from './compare/index.ts';
import { formatCsv } from './csv.ts';
import { readHistory } from './history/index.ts';
import { formatJunit } from './junit.ts';
import { formatMarkdown } from './markdown.ts';
import { buildComparisonPage, buildHistoryPage, buildPage } from './page/index.ts';
import { formatPrometheus } from './prometheus.ts';
import { writeAll, writePage } from './write-files.ts';

/** What is made of a run, by the names of the files. */
const reports: Record<string, (run: Run) => string> = {
  'report.html': buildPage,
  'summary.json': ({ summary }) => `${JSON.stringify(summary, null, 2)}\n`,
  'summary.md': ({ summary }) => formatMarkdown(summary),
  'junit.xml': ({ summary }) => formatJunit(summary),
  'seconds.csv': formatCsv,
  'metrics.prom': ({ summary }) => formatPrometheus(summary),
};

/** Names of the reports on a run, the page first. */
export const reportNames: readonly string[] = Object.keys(reports);

/**
 * Writes all reports on a run into a folder, which is made if need be. Files of an earlier report on the same run are
 * overwritten.
 *
 * @returns The paths written, the page first.
 * @throws ClusterError OPTION_INVALID when the folder cannot be written to, RESULTS_UNWRITTEN when there is no room for
 *   some of them; the others are written.
 */
export async function writeReports(run: Run, directory: string): Promise<string[]> {
  const contents = Object.entries(reports).map(([name, make]) => [name, make(run)] as const);
  return writeAll(directory, Object.fromEntries(contents));
}

/**
 * Compares runs and writes the page of the comparison.
 *
 * @throws ClusterError USAGE_WRONG, RUN_INVALID or RUNS_DIFFER when they cannot be compared; OPTION_INVALID or
 *   RESULTS_UNWRITTEN when the page cannot be written.
 */
export async function writeComparison(runs: readonly NamedRun[], path: string): Promise<Comparison> {
  const comparison = compareRuns(runs);
  await writePage(path, buildComparisonPage(comparison));
  return comparison;
}

/**
 * Writes `index.html` into a folder that holds the folders of runs: all of them, with trend lines.
 *
 * @returns Its path.
 * @throws ClusterError RECORD_INVALID when no run is there, OPTION_INVALID or RESULTS_UNWRITTEN when it cannot be
 *   written.
 */
export async function writeIndex(directory: string): Promise<string> {
  const page = buildHistoryPage(await readHistory(directory));
  const [path = ''] = await writeAll(directory, { 'index.html': page });
  return path;
}
