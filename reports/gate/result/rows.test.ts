import { expect, test } from 'vitest';
import { type Differences, gate, judge, type Settings } from '../verdicts/index.ts';
import { gatedRow, type Sample, watchedRows } from './rows.ts';

const settings: Settings = {
  level: 0.01,
  looks: [{ blocks: 12, share: 1 }],
  hypotheses: [gate('cpu', { isPrimary: true })],
  watch: ['p99', 'gc', 'stalls'],
};

function sampleOf(differences: Differences, settingsOf = settings): Sample {
  const values = differences.cpu!.map((_, block) =>
    Object.fromEntries(
      Object.entries(differences).flatMap(([metric, all]) => {
        const difference = all[block];
        return difference === undefined ? [] : [[metric, { base: 20, candidate: 20 * Math.exp(difference) }]];
      }),
    ),
  );
  return { settings: settingsOf, values, differences };
}

test('gatedRow() says effects in words and keeps the differences as they were tested', () => {
  const cpu = Array.from({ length: 12 }, (_, index) => Math.log(1.1) + (index - 5.5) / 1_000);
  const sample = sampleOf({ cpu });
  const row = gatedRow(judge(settings, sample.differences).findings[0]!, sample);
  expect(row).toMatchObject({
    metric: 'cpu',
    verdict: 'regression',
    blocks: 12,
    limit: 0.01,
    differences: cpu,
  });
  expect(row.effect).toBeCloseTo(0.1, 9);
  expect(row.candidate / row.base).toBeCloseTo(1.1, 3);
  expect(row.lower!).toBeLessThan(row.effect);
  expect(row.upper!).toBeGreaterThan(row.effect);
  expect(row.detectable).toBeGreaterThan(0);
  expect(row.blocksNeeded).toBeGreaterThanOrEqual(1);
});

test('gatedRow() has no bound where the look cannot reject', () => {
  const few = { ...settings, level: 0.000_01 };
  const sample = sampleOf({ cpu: new Array<number>(12).fill(0.2) }, few);
  const row = gatedRow(judge(few, sample.differences).findings[0]!, sample);
  expect([row.lower, row.upper, row.verdict]).toEqual([null, null, 'inconclusive']);
});

test('watchedRows() shows what was measured, by the blocks that measured it, with no verdict', () => {
  const cpu = Array.from({ length: 14 }, (_, index) => index / 1_000);
  const sample = sampleOf({ cpu, p99: cpu.map((value) => value + 1), stalls: cpu.slice(0, 11) });
  const rows = watchedRows(sample, 12);
  expect(rows.map(({ metric, method, blocks }) => [metric, method, blocks])).toEqual([
    ['p99', 'signed-rank', 12],
    ['stalls', 'sign', 11],
  ]);
  for (const row of rows) {
    expect(row).not.toHaveProperty('verdict');
    expect(row.falseFinds).toBeGreaterThanOrEqual(row.pWorse);
  }
});
