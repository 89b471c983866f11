import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { writeOutput } from './write-output.ts';

test('writeOutput() writes, or says in one sentence why not', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'write-output-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'figures.json');
  await writeOutput(path, '{}');
  expect(readFileSync(path, 'utf8')).toBe('{}');
  await expect(writeOutput('/dev/full', '{}')).rejects.toMatchObject({
    exitCode: 112,
    message: 'Cannot write "/dev/full": no space left',
  });
  await expect(writeOutput(folder, '{}')).rejects.toMatchObject({
    exitCode: 104,
    message: `Cannot write "${folder}": wanted a file that can be written to (EISDIR)`,
  });
});
