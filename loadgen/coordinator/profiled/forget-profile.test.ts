import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readRun } from '../../results/index.ts';
import { syntheticRun } from '../../testing.ts';
import { forgetProfile } from './forget-profile.ts';

async function makeRecord(profile: object): Promise<{ folder: string; record: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'forget-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const record = join(folder, 'run.jsonl');
  const [header, ...lines] = syntheticRun({ users: 10, workers: 1, seconds: 2 });
  const texts = [{ ...header, ...profile }, ...lines].map((line) => `${JSON.stringify(line)}\n`);
  await writeFile(record, texts.join(''));
  return { folder, record };
}

test('forgetProfile() leaves no link to a file that is not there, and everything else as it was', async () => {
  const profile = { tool: 'doctor', role: 'worker', id: 0 };
  const { folder, record } = await makeRecord({ profile: { ...profile, file: 'page.html' } });
  const before = await readRun(record);
  await forgetProfile(record);
  const after = await readRun(record);
  expect(after).toEqual({
    ...before,
    header: { ...before.header, profile },
    summary: { ...before.summary, profile },
  });
  const page = await readFile(join(folder, 'report.html'), 'utf8');
  expect(page).toContain('Profile: worker 0 under doctor, of which nothing came');
});

test('forgetProfile() leaves a record alone that tells of no profile', async () => {
  const { folder, record } = await makeRecord({});
  await forgetProfile(record);
  await expect(readFile(join(folder, 'report.html'))).rejects.toThrow('ENOENT');
});
