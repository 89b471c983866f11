/** Writes what people and programs read of a comparison with other servers or clients. */
import type { PeerComparison } from '../../loadgen/results/index.ts';
import { buildPeersPage } from '../page/index.ts';
import { writeAll } from '../write-files.ts';
import { formatPeersMarkdown } from './markdown.ts';

/** What is made of a comparison, by the names of the files. */
const reports: Record<string, (comparison: PeerComparison) => string> = {
  'peers.html': buildPeersPage,
  'peers.json': (comparison) => `${JSON.stringify(comparison, null, 2)}\n`,
  'peers.md': formatPeersMarkdown,
};

/** Names of the reports, the page first. */
export const peersReportNames: readonly string[] = Object.keys(reports);

/**
 * Writes all reports into a folder, which is made if need be. Files of an earlier comparison are overwritten.
 *
 * @returns The paths written, the page first.
 * @throws ClusterError OPTION_INVALID when the folder cannot be written to, RESULTS_UNWRITTEN when there is no room for
 *   some of them; the others are written.
 */
export async function writePeersReports(folder: string, comparison: PeerComparison): Promise<string[]> {
  const contents = Object.entries(reports).map(([name, make]) => [name, make(comparison)] as const);
  return writeAll(folder, Object.fromEntries(contents));
}
