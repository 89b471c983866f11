import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { RECORD_NAME, type RecordLine } from '../../results/index.ts';
import { readTrial } from './read-trial.ts';
import { recordOf, times } from './testing.ts';
import { trialOf } from './trial-of.ts';

const terms = { withinMs: 50 };
const lines = recordOf({
  processes: [[{ sent: 20, response: times(20, 5) }]],
  from: 0,
  until: 1,
  planned: 20,
});

function folderWith(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'read-trial-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, RECORD_NAME), text);
  return folder;
}

function written(all: readonly RecordLine[]): string {
  return all.map((line) => `${JSON.stringify(line)}\n`).join('');
}

test('readTrial() reads what was written', async () => {
  expect(await readTrial(folderWith(written(lines)), terms)).toEqual(trialOf(lines, terms));
});

test('readTrial() leaves a last line out that was cut short', async () => {
  const cut = written(lines).slice(0, -20);
  const trial = await readTrial(folderWith(cut), terms);
  expect(trial).toMatchObject({ scheduled: 20, inTime: { 50: 20 } });
  expect(trial.remarks).toContain('The record has no final line: the run was cut off');
});

test('readTrial() names the line of a record that cannot be read, and a folder without one', async () => {
  const broken = written(lines).replace('"sent":20', '"sent":"many"');
  await expect(readTrial(folderWith(broken), terms)).rejects.toMatchObject({
    code: 'RECORD_INVALID',
    message: expect.stringContaining('in line 2'),
  });
  await expect(readTrial('/nowhere', terms)).rejects.toMatchObject({ code: 'RECORD_INVALID' });
});
