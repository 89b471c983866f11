/** A trial read back from the folder of its run. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RECORD_NAME, type RecordLine, readRun } from '../../results/index.ts';
import { trialOf } from './trial-of.ts';
import type { TrialRecord, TrialTerms } from './trial-record.ts';

/**
 * Reads a trial. A last line that was cut short is left out, as by whoever reads the run.
 *
 * @throws ClusterError RECORD_INVALID when there is no record that can be read; and what `trialOf` throws.
 */
export async function readTrial(folder: string, terms: TrialTerms): Promise<TrialRecord> {
  const path = join(folder, RECORD_NAME);
  // Looks at every line, and names the one that is wrong.
  await readRun(path);
  const texts = (await readFile(path, 'utf8')).split('\n').filter((text) => text !== '');
  return trialOf(texts.flatMap(lineOf), terms);
}

function lineOf(text: string, index: number, { length }: readonly string[]): RecordLine[] {
  try {
    return [JSON.parse(text) as RecordLine];
  } catch (error) {
    if (index === length - 1) return [];
    throw error;
  }
}
