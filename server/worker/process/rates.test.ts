import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { Rates } from './rates.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

test('Rates gives figures per minute of the last span, and nothing before the first has ended', () => {
  const totals = { http: 5, ws: 50 };
  const rates = new Rates(() => ({ ...totals }), 10_000);
  onTestFinished(() => rates.stop());
  totals.http += 3;
  totals.ws += 100;
  expect(rates.perMinute).toEqual({ http: 0, ws: 0 });
  vi.advanceTimersByTime(10_000);
  expect(rates.perMinute).toEqual({ http: 18, ws: 600 });
  vi.advanceTimersByTime(10_000);
  expect(rates.perMinute).toEqual({ http: 0, ws: 0 });
});
