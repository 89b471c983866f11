import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { microcodeIn, readCommit, readOrigin } from './host.ts';

test('readOrigin() tells processor, kernel and Node', () => {
  expect(readOrigin()).toMatchObject({ cpuModel: expect.stringMatching(/./), node: process.version });
});

test('microcodeIn() finds it where the kernel tells', () => {
  expect(microcodeIn('model name\t: x\nmicrocode\t: 0xd0003f5\ncpu MHz : 1')).toBe('0xd0003f5');
  expect(microcodeIn('BogoMIPS : 50.00\nFeatures : fp')).toBeUndefined();
});

test('readCommit() knows none outside a repository', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'host-test-'));
  try {
    expect(await readCommit(folder)).toBeUndefined();
  } finally {
    rmSync(folder, { recursive: true });
  }
});
