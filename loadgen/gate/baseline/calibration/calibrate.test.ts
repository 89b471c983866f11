import { expect, test } from 'vitest';
import { scoreOf } from './calibrate.ts';

test('scoreOf() doubles on a host that is twice as slow at everything, and weighs all works alike', () => {
  const one = { json: 2, echo: 30, garbage: 50_000 };
  const slow = { json: 4, echo: 60, garbage: 100_000 };
  expect(scoreOf([slow]) / scoreOf([one])).toBeCloseTo(2, 12);
  expect(scoreOf([{ ...one, json: 4 }]) / scoreOf([{ ...one, garbage: 100_000 }])).toBeCloseTo(1, 12);
  expect(scoreOf([one, slow]) / scoreOf([one])).toBeCloseTo(Math.SQRT2, 12);
});
