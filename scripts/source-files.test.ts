import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { isTestFile, listFiles } from './source-files.ts';

test('listFiles() lists what people wrote, sorted, and nothing of programs or other projects', async () => {
  const root = await mkdtemp(join(tmpdir(), 'sources-'));
  onTestFinished(() => rm(root, { recursive: true }));
  const files = [
    'server/broker/ring.ts',
    'loadgen/README.md',
    'reports/runs/a/run.jsonl',
    'reports/baselines/README.md',
    'server/create/templates/esm/worker.ts',
    'dist/server/a.js',
    'a.ts',
  ];
  for (const file of files) {
    await mkdir(dirname(join(root, file)), { recursive: true });
    await writeFile(join(root, file), '');
  }
  expect(await listFiles(root)).toEqual([
    'loadgen/README.md',
    'reports/baselines/README.md',
    'server/broker/ring.ts',
  ]);
});

test('isTestFile() knows tests, contract suites and their helpers', () => {
  const tests = ['a/b.test.ts', 'a/b.cluster.test.ts', 'a/testing.ts', 'a/broker-contract.ts'];
  expect([...tests, 'a/contract.ts', 'a/test.ts'].filter(isTestFile)).toEqual(tests);
});
