import { expect, test } from 'vitest';
import { createCases } from './case.ts';

test('createCases() has the seven pathologies, each with an answer for every quantile', () => {
  const cases = createCases({ seconds: 5 });
  expect(cases.map(({ name }) => name)).toEqual([
    'one-stall',
    'periodic-stalls',
    'fixed',
    'two-point',
    'exponential',
    'slow-worker',
    'queue',
  ]);
  for (const { law } of cases) {
    const answers = [0.5, 0.9, 0.99, 0.999].map((share) => law.quantile(share));
    expect(answers.every((answer) => answer >= 0 && Number.isFinite(answer))).toBe(true);
    expect(answers).toEqual(answers.toSorted((one, other) => one - other));
  }
});

test('createCases() keeps the share of one stall, and with it the quantiles that fall into it, at any length', () => {
  const [short, long] = [4, 40].map((seconds) => createCases({ seconds })[0]?.law);
  expect(short?.quantile(0.9)).toBe(0);
  expect(long?.quantile(0.99)).toBeCloseTo(10 * (short?.quantile(0.99) ?? 0), 6);
});

test('createCases() gives each worker of the slow one a law of its own', () => {
  const slow = createCases({ seconds: 5 }).find(({ name }) => name === 'slow-worker');
  expect(slow?.workerLaws.map(({ law }) => law.quantile(0.5))).toEqual([2, 2, 52, 2]);
});
