import { mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { drawProfile, extensionOf } from './draw.ts';
import { toolNames } from './tools.ts';

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'draw-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

test('drawProfile() takes the profile of the process that lived last', async () => {
  const folder = await makeFolder();
  for (const [name, seconds] of [
    ['older', 1],
    ['newest', 3],
    ['old', 2],
  ] as const) {
    const file = join(folder, `CPU.${name}.cpuprofile`);
    await writeFile(file, JSON.stringify(name));
    await utimes(file, seconds, seconds);
  }
  const page = join(folder, 'worker.cpuprofile');
  await drawProfile('cpu', { folder, page, seconds: 1 });
  expect(await readFile(page, 'utf8')).toBe('"newest"');
});

test.each(['', '{"nodes":['])('drawProfile() takes no profile that was cut short to %j', async (text) => {
  const folder = await makeFolder();
  await writeFile(join(folder, 'CPU.1.cpuprofile'), text);
  const page = join(folder, 'page');
  await expect(drawProfile('cpu', { folder, page, seconds: 1 })).rejects.toThrow(
    'what the process left behind was cut short, as by a full disk',
  );
  await expect(readFile(page)).rejects.toThrow('ENOENT');
});

test.each(toolNames)('drawProfile() refuses to draw with %s what is not there', async (tool) => {
  const folder = await makeFolder();
  const page = join(folder, 'page');
  await expect(drawProfile(tool, { folder, page, seconds: 1 })).rejects.toThrow(
    'the process left nothing behind, as one that was killed',
  );
  await expect(readFile(page)).rejects.toThrow('ENOENT');
});

test('extensionOf() tells pages from profiles that other programs read', () => {
  expect(toolNames.map(extensionOf)).toEqual(['html', 'html', 'html', 'html', 'cpuprofile']);
});
