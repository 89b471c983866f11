import { expect, test } from 'vitest';
import { createStream } from '../schedule/index.ts';
import { gate, pullRequestSettings, type Settings } from '../verdicts/index.ts';
import { drawFromBank } from './bank.ts';

const draw = createStream('5eed', 'recorded');
const recorded = (spread: number) =>
  Array.from({ length: 60 }, () => spread * (draw() + draw() + draw() - 1.5));
const cpuOnly: Settings = {
  level: 0.01,
  looks: pullRequestSettings({ countsInstructions: true }).looks,
  hypotheses: [gate('cpu', { isPrimary: true })],
  watch: [],
};
const options = { settings: cpuOnly, jobs: 400, seed: 'a' };

test('drawFromBank() raises few alarms with equal builds, though the recorded blocks lean to one side', () => {
  const leaning = recorded(0.05).map((value) => value + 0.02);
  expect(drawFromBank({ cpu: leaning }, { ...options, effect: 0 }).red).toBeLessThan(0.02);
});

test('drawFromBank() finds a slowdown far above the spread and says how soon', () => {
  const rates = drawFromBank({ cpu: recorded(0.03) }, { ...options, effect: 0.1 });
  expect(rates).toMatchObject({ jobs: 400, redByMetric: { cpu: rates.red } });
  expect(rates.red).toBeGreaterThan(0.99);
  expect(rates.meanBlocks).toBeLessThan(14);
});

test('drawFromBank() keeps the metrics of a block together', () => {
  const two = {
    ...cpuOnly,
    hypotheses: [gate('cpu', { isPrimary: true }), { ...gate('instructions'), margin: 0.04 }],
  };
  const cpu = recorded(0.05);
  // The same blocks in both metrics: a job is red in both or in none.
  const { red, redByMetric } = drawFromBank(
    { cpu, instructions: cpu },
    { settings: two, jobs: 300, seed: 'b', effect: 0.03 },
  );
  expect(redByMetric).toEqual({ cpu: red, instructions: red });
});

test('drawFromBank() refuses a bank without blocks, or with more of one metric than of another', () => {
  expect(() => drawFromBank({}, { ...options, effect: 0 })).toThrow(RangeError);
  const two = { ...cpuOnly, hypotheses: [gate('cpu', { isPrimary: true }), gate('p50')] };
  expect(() => drawFromBank({ cpu: [1, 2], p50: [1] }, { ...options, settings: two, effect: 0 })).toThrow(
    '2, 1',
  );
});
