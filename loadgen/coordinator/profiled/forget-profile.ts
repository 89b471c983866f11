/** A run is over before its profile is made, and its record has named the file by then. */
import { readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { writeReports } from '../../../reports/index.ts';
import { cannotWrite, type Header, readRun, writeWhole } from '../../results/index.ts';

/**
 * Takes the name of a file that could not be made out of a record, and makes the reports anew.
 *
 * @throws ClusterError OPTION_INVALID or RESULTS_UNWRITTEN when it cannot be written; the record is as it was then.
 */
export async function forgetProfile(record: string): Promise<void> {
  const text = await readFile(record, 'utf8');
  const end = text.indexOf('\n');
  const { profile, ...header } = JSON.parse(text.slice(0, end)) as Header;
  if (profile === undefined) return;
  const { tool, role, id } = profile;
  const amended: Header = { ...header, profile: { tool, role, id } };
  await replace(record, JSON.stringify(amended) + text.slice(end));
  await writeReports(await readRun(record), dirname(record));
}

/** Beside it first: a record that cannot be written whole must not be lost for that. */
async function replace(record: string, text: string): Promise<void> {
  const beside = `${record}.new`;
  try {
    await writeWhole(beside, text);
    await rename(beside, record);
  } catch (error) {
    throw cannotWrite(`run record "${record}"`, error, {
      wanted: 'a folder that can be written to',
      besides: 'it is as it was',
    });
  }
}
