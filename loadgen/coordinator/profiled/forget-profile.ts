/** A run is over before its profile is made, and its record has named the file by then. */
import { readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { writeReports } from '../../../reports/index.ts';
import { type Header, readRun } from '../../results/index.ts';

/** Takes the name of a file that could not be made out of a record, and makes the reports anew. */
export async function forgetProfile(record: string): Promise<void> {
  const text = await readFile(record, 'utf8');
  const end = text.indexOf('\n');
  const { profile, ...header } = JSON.parse(text.slice(0, end)) as Header;
  if (profile === undefined) return;
  const { tool, role, id } = profile;
  const amended: Header = { ...header, profile: { tool, role, id } };
  await writeFile(record, JSON.stringify(amended) + text.slice(end));
  await writeReports(await readRun(record), dirname(record));
}
