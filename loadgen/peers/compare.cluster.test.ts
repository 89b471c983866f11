import { expect, onTestFinished, test, vi } from 'vitest';
import { parsePeers } from '../results/index.ts';
import { compare } from './compare.ts';

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
    expect(cells.map((cell) => 'rounds' in cell && cell.rounds.length)).toEqual([1, 1]);
    expect(cells[1]).toHaveProperty('ratio');
  }
  // 1,000 sockets say little, as garbage may go meanwhile; but before that they are there.
  const grown = comparison.rows.find(({ key }) => key === 'rssGrown');
  for (const cell of grown!.cells) {
    expect('median' in cell && cell.median).toBeGreaterThan(0.5);
    expect('median' in cell && cell.median).toBeLessThan(100);
  }
  expect(comparison.rows[0]?.cells[0]).toHaveProperty('target');
  expect(comparison.ownRows.map(({ cells }) => cells.length)).toEqual([1, 1, 1]);
  expect(said.filter((text) => text.startsWith('connect-new'))).toHaveLength(4);
  expect(parsePeers(JSON.stringify(comparison))).toEqual(comparison);
});

test('compare() takes the measure whose rows another one looks at as well', {
  timeout: 120_000,
}, async () => {
  const { rows } = await compare(
    { field: 'servers', subjects: ['ours-attached'], measures: ['tail'], rounds: 1, sockets: 400 },
    { say: () => {}, signal: new AbortController().signal },
  );
  expect(new Set(rows.map(({ measure }) => measure))).toEqual(new Set(['pipelined', 'tail']));
  const [offered] = rows.filter(({ key }) => key === 'offered').flatMap(({ cells }) => cells);
  const [rate] = rows.filter(({ key }) => key === 'perSecond').flatMap(({ cells }) => cells);
  expect('median' in offered! && offered.median).toBeCloseTo(0.7 * Number('median' in rate! && rate.median));
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
  expect(parsePeers(JSON.stringify(comparison))).toEqual(comparison);
});
