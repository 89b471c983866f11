import { expect, onTestFinished, test } from 'vitest';
import { createRow } from '../results.ts';
import { tail } from './tail.ts';
import { NOBODY, startOurs } from './testing.ts';

const labels = { measure: 'pipelined', key: 'perSecond', title: '', unit: '1/s', better: 'more' } as const;

test('tail times our answers at a part of what the weakest can', async () => {
  const running = await startOurs();
  const rows = [createRow(labels, [[9_000], [1_000]])];
  const round = await tail.take(running, { sockets: 1_000, authKey: 'secret', rows });
  expect(round['offered']).toBeCloseTo(700);
  expect(round['p50']).toBeGreaterThan(0.01);
  expect(round['p99']).toBeGreaterThanOrEqual(Number(round['p50']));
  expect(await running.ask('count')).toEqual(NOBODY);
});

test('tail makes up for a stall of its own without losing a client, and times what came late', async () => {
  const running = await startOurs();
  const rows = [createRow(labels, [[60_000]])];
  const taken = tail.take(running, { sockets: 200, authKey: 'secret', rows });
  const stall = setTimeout(() => {
    for (const end = performance.now() + 1_000; performance.now() < end; );
  }, 3_000);
  onTestFinished(() => clearTimeout(stall));
  const round = await taken;
  expect(round['offered']).toBeCloseTo(42_000);
  expect(round['p99']).toBeGreaterThan(500);
});

test('tail refuses to be taken before anybody was measured', async () => {
  const running = await startOurs();
  const taken = tail.take(running, { sockets: 1_000, authKey: 'secret' });
  await expect(taken).rejects.toThrow(
    'Cannot measure "tail": nobody was measured before, wanted is "pipelined"',
  );
});
