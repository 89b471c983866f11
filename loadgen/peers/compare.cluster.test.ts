import { expect, onTestFinished, test, vi } from 'vitest';
import { compare } from './compare.ts';
import { formatComparison } from './table.ts';

test('compare() finds our server to be like itself', { timeout: 120_000 }, async () => {
  const said: string[] = [];
  const comparison = await compare(
    {
      field: 'servers',
      subjects: ['ours', 'ours'],
      measures: ['memory', 'connect-new', 'connect-known', 'hop'],
      rounds: 1,
      sockets: 1_000,
    },
    { say: (text) => said.push(text), signal: new AbortController().signal },
  );
  expect(comparison.isComplete).toBe(true);
  expect(comparison.rows.map(({ measure }) => measure)).toEqual([
    ...Array.from({ length: 3 }, () => 'memory'),
    ...['connect-known', 'connect-new'].flatMap((name) => [name, name]),
  ]);
  for (const { cells } of comparison.rows) {
    expect(cells.map(({ rounds }) => rounds.length)).toEqual([1, 1]);
  }
  // 1,000 sockets say little, as garbage may go meanwhile; but before that they are there.
  const grown = comparison.rows.find(({ title }) => title.endsWith('as it has grown'));
  for (const { median } of grown!.cells) {
    expect(median).toBeGreaterThan(0.5);
    expect(median).toBeLessThan(100);
  }
  expect(comparison.ownRows.map(({ cells }) => cells.length)).toEqual([1, 1, 1]);
  expect(said.filter((text) => text.startsWith('connect-new'))).toHaveLength(4);
  expect(formatComparison(comparison).split('\n')[1]).toMatch(
    /^idle socket, RSS after collection +KB +[\d.-]+ +[\d.-]+ +[\d.-]+ \[[\d.-]+, [\d.-]+\]$/,
  );
});

test('compare() leaves out a generator that is not to be had, and says why', async () => {
  vi.stubEnv('PATH', '/nowhere');
  onTestFinished(() => void vi.unstubAllEnvs());
  const comparison = await compare(
    {
      field: 'generators',
      subjects: ['load-process', 'ws', 'tsung'],
      measures: ['user'],
      rounds: 1,
      sockets: 50,
    },
    { say: () => {}, signal: new AbortController().signal },
  );
  expect(comparison.subjects.map(({ name }) => name)).toEqual(['load-process', 'ws']);
  expect(comparison.missing).toEqual([
    { name: 'tsung', reason: expect.stringMatching(/^Cannot find the program "tsung" to compare with: /) },
  ]);
  expect(comparison.rows.map(({ cells }) => cells.length)).toEqual([2, 2, 2]);
  expect(formatComparison(comparison)).toContain('tsung is left out: Cannot find the program');
});
