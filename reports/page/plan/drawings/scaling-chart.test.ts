import { expect, test } from 'vitest';
import { aPlan } from '../../../plan/testing.ts';
import { html } from '../../html.ts';
import { scalingChart } from './scaling-chart.ts';

const scaling = aPlan().scaling!;
const count = (text: string, part: string) => text.split(part).length - 1;

test('scalingChart() has a bar for each point, and greys what lies beyond twice what was measured', () => {
  const { text } = html`${scalingChart(scaling)}`;
  expect(count(text, 'class="interval"')).toBe(scaling.points.length);
  const grades = ['interpolation', 'extrapolation', 'beyond'].map((grade) =>
    count(text, `class="band ${grade}"`),
  );
  expect(grades).toEqual([3, 2, 1]);
  expect(text).toContain('predicted of 8 workers');
  expect(text).toContain('Grey: beyond twice what was measured.');
});

test('scalingChart() sorts the band, draws points alone, and nothing without any', () => {
  const reversed = html`${scalingChart({ ...scaling, band: scaling.band.toReversed() })}`.text;
  expect(reversed).toBe(html`${scalingChart(scaling)}`.text);
  expect(count(html`${scalingChart({ ...scaling, band: [] })}`.text, 'class="band')).toBe(0);
  expect(scalingChart({ ...scaling, band: [], points: [] })).toBe(false);
});
