/** Where the results of a run go. No run writes into the results of another. */
import { join, resolve } from 'node:path';
import { reportNames } from '../../../reports/index.ts';
import { folderName, makeFolder, makeNewFolder, refuseOlderResults } from '../../doctor/index.ts';
import { type Header, RECORD_NAME } from '../../results/index.ts';

/** Where runs go that nobody named a folder for, seen from where the command is given. */
const RUNS = join('reports', 'runs');

/**
 * Sees that results can be written: nobody wants to hear of it after a cluster was started.
 *
 * @param out The folder that was asked for.
 * @throws ClusterError OPTION_INVALID when it cannot be written to or holds an older result.
 */
export function prepareFolder(out: string | undefined): void {
  if (out !== undefined) refuseOlderResults(out, [RECORD_NAME, ...reportNames]);
  makeFolder(out ?? RUNS);
}

/** Makes the folder of a run, unless one was asked for. */
export function claimFolder(
  out: string | undefined,
  { startedAt, scenario }: Pick<Header, 'startedAt' | 'scenario'>,
): string {
  if (out !== undefined) return makeFolder(out);
  return makeNewFolder(resolve(RUNS, folderName(startedAt, scenario)));
}
