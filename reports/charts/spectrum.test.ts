import { expect, test } from 'vitest';
import { healthyRun } from '../testing.ts';
import { spectrumFigure, spectrumOf } from './spectrum.ts';

test('spectrumFigure() goes through the very figures of the summary', () => {
  const run = healthyRun();
  const [chart] = spectrumFigure(run);
  const response = chart?.model.lines.find(({ label }) => label === 'response');
  const known = run.summary.latencyMs.response;
  const at = (oneIn: number) => response?.points.find(([x]) => x === oneIn)?.[1];
  expect(at(2)).toBeCloseTo(known?.p50 ?? Number.NaN, 2);
  expect(at(10)).toBeCloseTo(known?.p90 ?? Number.NaN, 2);
  expect(response?.points.at(-1)?.[1]).toBeCloseTo(known?.max ?? Number.NaN, 2);
  expect(chart?.description).toContain('99 % within');
});

test('spectrumOf() never falls, and ends where one message of all is left', () => {
  const known = { p50: 1, p90: 2, p99: 3, p999: 4, max: 5, mean: 1 };
  const points = spectrumOf([160, 90, 180, 10], known);
  const values = points.map(([, value]) => value ?? 0);
  expect(values).toEqual(values.toSorted((one, other) => one - other));
  expect(points.at(-1)).toEqual([100, 5]);
});

test('spectrumFigure() is nothing for a run without a second', () => {
  expect(spectrumFigure({ ...healthyRun(), timeline: [] })).toEqual([]);
});
