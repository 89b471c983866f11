import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aSize, aTrial } from '../../../plan/document/testing.ts';
import { curveOf, kneeOf, LEAST_MS, trialsOfCurve } from './curve.ts';

test('trialsOfCurve() leaves out what came after an overload', () => {
  const phases = trialsOfCurve(aSize(1)).map(({ phase }) => phase);
  expect(phases).toContain('confirm');
  expect(phases).not.toContain('recovery');
});

test('curveOf() ascends, makes one point of nearly the same load, and leaves out what was not timed', () => {
  const trials = [
    { ...aTrial(1_000, ['locate', 0.9]), p99: 40 },
    { ...aTrial(1_000, ['ramp', 0.5]), p99: 0 },
    { ...aTrial(1_000, ['confirm', 0.905]), p99: 10 },
    { ...aTrial(1_000, ['ramp', 0.7]), p99: null },
  ];
  const curve = curveOf(trials, 'p99');
  expect(curve.map(({ latency }) => Number(latency.toFixed(6)))).toEqual([LEAST_MS, 20]);
  expect(curve[1]?.load).toBeCloseTo(Math.sqrt(900 * 905), 6);
});

test('kneeOf() finds where latency begins to rise faster than load, whatever the units', () => {
  const factors = fc.record({
    load: fc.integer({ min: 1, max: 9_999 }),
    latency: fc.integer({ min: 1, max: 99 }),
  });
  const property = fc.property(factors, ({ load, latency }) => {
    const curve = Array.from({ length: 20 }, (_, index) => ({
      load: load * (index + 1),
      latency: latency * (1 / (1 - index / 20.5)),
    }));
    const knee = kneeOf(curve) ?? 0;
    expect(knee / load).toBeGreaterThan(13);
    expect(knee / load).toBeLessThan(20);
  });
  fc.assert(property);
});

test('kneeOf() finds none in a line, in too few points, and where nothing changes', () => {
  const line = Array.from({ length: 10 }, (_, index) => ({ load: index + 1, latency: 3 * index + 1 }));
  expect(kneeOf(line)).toBeUndefined();
  expect(kneeOf(line.map(({ load }) => ({ load, latency: 5 })))).toBeUndefined();
  expect(kneeOf([])).toBeUndefined();
  expect(
    kneeOf(line.slice(0, 4).map((point, index) => ({ ...point, latency: 10 ** index }))),
  ).toBeUndefined();
});
