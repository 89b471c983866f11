import { expect, test } from 'vitest';
import { aSize } from '../../../plan/document/testing.ts';
import { html } from '../../html.ts';
import { posteriorChart } from './posterior-chart.ts';

const count = (text: string, part: string) => text.split(part).length - 1;

test('posteriorChart() has a ridge, a bar and a mark for every snapshot', () => {
  const size = aSize(1);
  const { text } = html`${posteriorChart(size)}`;
  const passed = size.snapshots.filter(({ ok }) => ok).length;
  expect(count(text, 'class="belief"')).toBe(size.snapshots.length);
  expect(count(text, 'class="interval"')).toBe(size.snapshots.length);
  expect([count(text, 'class="passed"'), count(text, 'class="failed"')]).toEqual([
    passed,
    size.snapshots.length - passed,
  ]);
  expect(text).toMatch(
    /aria-label="Belief about the capacity after each of 8 trials: at first .* in the end /,
  );
});

test('posteriorChart() draws bars that get shorter as the belief closes in', () => {
  const { text } = html`${posteriorChart(aSize(1))}`;
  const bars = [...text.matchAll(/class="interval" d="M[\d.]+ ([\d.]+)V([\d.]+)/g)];
  const heights = bars.map(([, low, high]) => Number(low) - Number(high));
  expect(heights).toEqual(heights.toSorted((one, other) => other - one));
});

test('posteriorChart() copes with a single snapshot without a curve, and draws none without any', () => {
  const [first] = aSize(1).snapshots;
  const { text } = html`${posteriorChart({ snapshots: [{ ...first!, curve: [] }] })}`;
  expect(text).not.toMatch(/NaN|Infinity/);
  expect(posteriorChart({ snapshots: [] })).toBe(false);
});
