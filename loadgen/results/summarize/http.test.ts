import { expect, test } from 'vitest';
import { createHistogram } from '../histogram.ts';
import { httpOf } from './http.ts';

test('httpOf() gives answers per second and their times, and no times where nobody answered', () => {
  const histogram = createHistogram();
  for (const millis of [1, 2, 3]) histogram.record(millis * 1_000);
  const counts = { type: 'http', start: 5, seconds: 2, errors: 3, timedOut: 1 } as const;
  const made = httpOf({ ...counts, status: { 200: 2, 503: 1 }, latency: histogram.encode() });
  histogram.destroy();
  expect(made).toMatchObject({ perSecond: 1.5, status: { 200: 2, 503: 1 }, errors: 3, timedOut: 1 });
  expect(made.latencyMs?.p50).toBeCloseTo(2, 1);
  expect(httpOf({ ...counts, status: {} })).toEqual({ perSecond: 0, status: {}, errors: 3, timedOut: 1 });
});
