/** Writes what people and build servers read of a gate beside its record. */
import { dirname } from 'node:path';
import { type LedgerEntry, readLedger } from '../gate/ledger/index.ts';
import { type Recomputed, recompute } from '../gate/run/index.ts';
import { buildGatePage, buildTrendPage } from '../page/index.ts';
import { writeAll, writePage } from '../write-files.ts';
import { formatAnnotations } from './annotations.ts';
import { formatBlocksCsv } from './csv.ts';
import { type GateReport, reportOf } from './figures/index.ts';
import { formatGateJunit } from './junit.ts';
import { formatGateMarkdown } from './markdown.ts';
import { type History, readHistories } from './trend/index.ts';

/** A gate that was told. */
interface WrittenGate {
  readonly report: GateReport;
  /** The paths written, the page first. */
  readonly files: readonly string[];
  /** The record, and what it holds otherwise than its blocks say. */
  readonly recomputed: Recomputed;
}

/** What is made of a gate, by the names of the files. */
const reports: Record<string, (report: GateReport) => string> = {
  'gate.html': buildGatePage,
  'gate.json': (report) => `${JSON.stringify(report, null, 2)}\n`,
  'gate.md': formatGateMarkdown,
  'junit.xml': formatGateJunit,
  'blocks.csv': formatBlocksCsv,
  'annotations.txt': formatAnnotations,
};

/** Names of the reports on a gate, the page first. */
export const gateReportNames: readonly string[] = Object.keys(reports);

/**
 * Reads a gate record, derives its answer from the blocks, and writes all reports on it into its folder. Files of an
 * earlier report are overwritten.
 *
 * @throws ClusterError RECORD_INVALID when the file is no gate record, OPTION_INVALID or RESULTS_UNWRITTEN when reports
 *   cannot be written.
 */
export async function writeGateReports(
  path: string,
  { ledger }: { ledger?: readonly LedgerEntry[] } = {},
): Promise<WrittenGate> {
  const recomputed = recompute(path);
  const report = reportOf(recomputed.record, recomputed.result, ledger);
  const contents = Object.entries(reports).map(([name, make]) => [name, make(report)] as const);
  const files = await writeAll(dirname(path), Object.fromEntries(contents));
  return { report, files, recomputed };
}

/**
 * Reads a ledger along time and writes the page of its trends.
 *
 * @returns Every series with its changes.
 * @throws ClusterError RECORD_INVALID when the file is no ledger, OPTION_INVALID or RESULTS_UNWRITTEN when the page cannot
 *   be written.
 */
export async function writeTrend(ledger: string, page: string): Promise<History[]> {
  const histories = readHistories(readLedger(ledger));
  await writePage(page, buildTrendPage(histories));
  return histories;
}
