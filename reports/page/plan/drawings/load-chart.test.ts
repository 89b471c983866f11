import { expect, test } from 'vitest';
import { aSize, aTrial } from '../../../plan/document/testing.ts';
import { anInterruptedPlan } from '../../../plan/testing.ts';
import { html } from '../../html.ts';
import { loadChart } from './load-chart.ts';

const slo = '99 % < 50 ms';
const count = (text: string, part: string) => text.split(part).length - 1;

test('loadChart() marks every trial by what became of it, with the limit and the confirmed load', () => {
  const size = aSize(1);
  const { text } = html`${loadChart(size, { slo })}`;
  const trials = size.trials.filter(({ phase }) => phase !== 'recovery');
  const passed = trials.filter(({ ok }) => ok).length;
  expect([count(text, 'class="passed"'), count(text, 'class="failed"')]).toEqual([
    passed,
    trials.length - passed,
  ]);
  expect(count(text, 'class="objective"')).toBe(1);
  expect(text).toContain('>99 % &lt; 50 ms</text>');
  expect(text).toContain('>confirmed</text>');
  expect(text).toContain('>knee, a marker only</text>');
  expect(text).not.toMatch(/NaN|Infinity/);
});

test('loadChart() gives a decade of latency the same height everywhere', () => {
  const trials = [1, 10, 100].map((p99, index) => ({
    ...aTrial(1_000, ['ramp', 0.2 + 0.2 * index]),
    p50: null,
    p99,
  }));
  const { text } = html`${loadChart(aSize(1, { trials }), { slo })}`;
  const [low = 0, middle = 0, high = 0] = [...text.matchAll(/cy="([\d.]+)"/g)].map(([, y]) => Number(y));
  expect(low - middle).toBeGreaterThan(20);
  expect(low - middle).toBeCloseTo(middle - high, 0);
});

test('loadChart() shows what the generator spoilt, a single trial, and a latency of nothing', () => {
  const [size] = anInterruptedPlan().sizes;
  const { text } = html`${loadChart(size!, { slo })}`;
  expect(count(text, 'class="spoilt"')).toBe(1);
  // Five judged trials make the line: a spoilt one says nothing of the target.
  expect(/class="curve tail" points="([^"]*)"/.exec(text)![1]!.split(' ')).toHaveLength(5);
  expect(text).not.toContain('>confirmed</text>');
  const one = aSize(1, { trials: [{ ...aTrial(1_000, ['ramp', 0.2]), p50: 0, p99: 0 }] });
  expect(html`${loadChart(one, { slo: 'fast' })}`.text).not.toMatch(/NaN|Infinity/);
});

test('loadChart() is nothing at all where nothing was timed', () => {
  expect(loadChart(aSize(1, { trials: [] }), { slo })).toBe(false);
});
