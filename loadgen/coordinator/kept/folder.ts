/** Where the results of a run go. No run writes into the results of another. */
import { join } from 'node:path';
import { reportNames } from '../../../reports/index.ts';
import { entry } from '../../../server/process/index.ts';
import { makeFolder, makeNewFolder, refuseOlderResults } from '../../doctor/index.ts';
import type { Header } from '../../results/index.ts';

/** Name of the record in the folder of a run. */
export const RECORD_NAME = 'run.jsonl';

/** Where runs go that nobody named a folder for. */
const RUNS = join(entry('..'), 'reports', 'runs');
/** Of a scenario's name in that of a folder: file systems take 255 bytes, of which a character may need four. */
const MOST_CHARACTERS = 50;

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

/** Makes the folder of a run, unless one was asked for. Names sort by time: `2026-11-21T23-16-48Z-42k-users`. */
export function claimFolder(
  out: string | undefined,
  { startedAt, scenario }: Pick<Header, 'startedAt' | 'scenario'>,
): string {
  if (out !== undefined) return makeFolder(out);
  const stamp = startedAt.replace(/\.\d+Z$/, 'Z').replaceAll(':', '-');
  return makeNewFolder(join(RUNS, `${stamp}-${nameFor(scenario)}`));
}

/** A scenario may be called anything at all. Its folder lies where the others do. */
function nameFor(scenario: string): string {
  return scenario.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, MOST_CHARACTERS);
}
