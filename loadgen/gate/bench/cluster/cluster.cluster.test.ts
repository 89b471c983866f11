import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { startCluster } from './cluster.ts';

/** This very tree. */
const directory = fileURLToPath(new URL('../../../../', import.meta.url));

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test('startCluster() starts all processes of a build, whose applications answer, and leaves none', async () => {
  const cluster = await startCluster({ directory, workers: 2, brokers: 1, core: undefined, planted: null });
  expect(cluster.pids.length).toBeGreaterThanOrEqual(4);
  expect(cluster.pids.every(isAlive)).toBe(true);
  await cluster.lines.ask('begin');
  expect(await cluster.lines.ask('end')).toHaveLength(2);
  await cluster.stop();
  expect(cluster.pids.filter(isAlive)).toEqual([]);
});

test('startCluster() says which build has no server, and leaves nothing', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'no-build-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const before = await gateFolders();
  const started = startCluster({ directory: folder, workers: 1, brokers: 1, core: undefined, planted: null });
  await expect(started).rejects.toThrow(`Cannot start the server "${join(folder, 'dist/server/index.js')}"`);
  expect(await gateFolders()).toEqual(before);
});

async function gateFolders(): Promise<string[]> {
  return (await readdir(tmpdir())).filter((name) => name.startsWith('gate-server-'));
}
