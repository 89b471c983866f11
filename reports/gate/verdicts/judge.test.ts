import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pullRequestLooks } from '../looks/index.ts';
import { type Differences, judge, type MetricVerdict } from './judge.ts';
import { gate, pullRequestSettings, type Settings } from './settings.ts';

const cpuOnly: Settings = {
  level: 0.01,
  looks: pullRequestLooks,
  hypotheses: [gate('cpu', { isPrimary: true })],
  watch: [],
};
const settings = pullRequestSettings({ countsInstructions: true });
const { cpu, p50 } = { cpu: gate('cpu', { isPrimary: true }), p50: gate('p50') };

/** Blocks around a centre, spread evenly, in an order that does not climb. */
function blocks(count: number, centre: number, spread = 0.02): number[] {
  return Array.from(
    { length: count },
    (_, index) => centre + spread * (((index * 7) % count) / (count - 1) - 0.5),
  );
}

test.each<[MetricVerdict, number, number]>([
  ['regression', 0.1, 12],
  ['improvement', -0.1, 12],
  ['immaterial', 0.012, 12],
  ['unchanged', 0, 12],
])('judge() calls it %s when the blocks lie around %f, after the first look', (verdict, centre, looked) => {
  const { findings, blocks: used, isFinished } = judge(cpuOnly, { cpu: blocks(32, centre, 0.02) });
  expect(findings).toMatchObject([{ metric: 'cpu', verdict, blocks: looked }]);
  expect([used, isFinished]).toEqual([looked, true]);
});

test('judge() leaves it open at the last look when the blocks say too little', () => {
  const judged = judge(cpuOnly, { cpu: blocks(32, 0.01, 0.6) });
  expect(judged.findings[0]).toMatchObject({ verdict: 'inconclusive', blocks: 32 });
  expect(judged.isFinished).toBe(true);
});

test('judge() waits for the blocks of a look, and does not look at those beyond it', () => {
  const noisy = blocks(32, 0.01, 0.6);
  expect(judge(cpuOnly, { cpu: noisy.slice(0, 11) })).toEqual({ findings: [], blocks: 0, isFinished: false });
  const early = judge(cpuOnly, { cpu: noisy.slice(0, 12) });
  expect(judge(cpuOnly, { cpu: noisy.slice(0, 19) })).toEqual(early);
  expect(early).toMatchObject({ blocks: 12, isFinished: false });
});

test('judge() keeps what an earlier look settled while another metric goes on', () => {
  const two = { ...cpuOnly, hypotheses: [cpu, p50] };
  const turned = [...blocks(12, -0.1), ...new Array<number>(20).fill(0.5)];
  const { findings } = judge(two, { cpu: turned, p50: blocks(32, 0.05, 0.9) });
  expect(findings).toMatchObject([
    { metric: 'cpu', verdict: 'improvement', blocks: 12 },
    { metric: 'p50', blocks: 32 },
  ]);
});

test('judge() ends with the first regression, whatever else is open', () => {
  const two = { ...cpuOnly, hypotheses: [cpu, p50] };
  for (const [worse, open] of [
    ['cpu', 'p50'],
    ['p50', 'cpu'],
  ] as const) {
    const judged = judge(two, { [worse]: blocks(32, 0.1), [open]: blocks(32, 0.05, 0.9) });
    expect(judged).toMatchObject({ blocks: 12, isFinished: true });
    expect(judged.findings.find(({ metric }) => metric === open)?.verdict).toBe('inconclusive');
  }
});

test('judge() does not prolong a job for a metric that may stay open', () => {
  const slow = { ...cpuOnly, hypotheses: [cpu, gate('tail', { mayStayOpen: true })] };
  const judged = judge(slow, { cpu: blocks(32, 0), tail: blocks(32, 0.05, 0.9) });
  expect(judged).toMatchObject({ blocks: 12, isFinished: true });
  expect(judged.findings[1]).toMatchObject({ metric: 'tail', verdict: 'inconclusive' });
});

test('judge() shares the level out equally before the last look, and by what is left at it', () => {
  const open = blocks(32, 0.03, 0.9);
  // Surely worse, and by too little to matter.
  const differences = { cpu: blocks(32, 0.012), instructions: open, p50: open, tail: open };
  const early = judge(settings, { ...differences, instructions: open.slice(0, 12) });
  expect(early.findings[0]!.levels).toEqual({ lower: (0.01 * 0.2) / 4, upper: (0.01 * 0.2) / 4 });
  // The first look rejected the CPU, which leaves its share of the last look to the other three.
  const late = judge(settings, differences).findings.find(({ blocks: used }) => used === 32);
  expect(late!.levels.lower).toBeCloseTo((0.01 * 0.5) / 3, 15);
  expect(late!.levels.upper).toBeCloseTo((0.01 * 0.5) / 4, 15);
});

test('judge() tests shares by their signs', () => {
  const stalls = { ...cpuOnly, hypotheses: [gate('stalls', { isPrimary: true })] };
  const worse = Array.from({ length: 12 }, (_, index) => 0.1 + index / 100);
  expect(judge(stalls, { stalls: worse }).findings[0]).toMatchObject({
    method: 'sign',
    verdict: 'regression',
  });
});

test('judge() calls nothing a regression that its bounds, its test and its size do not all call one', () => {
  const sample = fc.array(fc.integer({ min: -8, max: 12 }), { minLength: 32, maxLength: 32 });
  fc.assert(
    fc.property(sample, fc.constantFrom(0, 0.005, 0.02, 0.1), (whole, unit) => {
      const differences: Differences = { cpu: whole.map((value) => value * unit) };
      for (const { verdict, lower, upper, effect, pWorse, levels } of judge(cpuOnly, differences).findings) {
        const isRed = lower > 0 && pWorse < levels.lower && effect >= Math.log(1.02);
        expect(verdict === 'regression').toBe(isRed);
        if (verdict === 'unchanged' || verdict === 'immaterial') expect(upper).toBeLessThan(Math.log(1.04));
      }
    }),
  );
});

test('judge() of all that more blocks are known agrees with judging as they come', () => {
  const sample = fc.array(fc.double({ min: -0.2, max: 0.25, noNaN: true }), { minLength: 32, maxLength: 32 });
  fc.assert(
    fc.property(sample, (values) => {
      const whole = judge(cpuOnly, { cpu: values });
      for (let count = 0; count < whole.blocks; count += 1)
        expect(judge(cpuOnly, { cpu: values.slice(0, count) }).isFinished).toBe(false);
      expect(judge(cpuOnly, { cpu: values.slice(0, whole.blocks) })).toEqual(whole);
    }),
  );
});
