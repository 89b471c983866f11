import { expect, test } from 'vitest';
import { html } from '../html.ts';
import { type TrendPoint, trend } from './trend.ts';

const point = (value: number | null, status: TrendPoint['status'] = 'pass'): TrendPoint => ({
  value,
  status,
  words: `run of ${value}`,
});

function render(...points: TrendPoint[]): string {
  return html`${trend('Response p99', 'ms', points, (value) => value.toFixed(0))}`.text;
}

test('trend() draws a mark for every run, each verdict with a shape of its own', () => {
  const text = render(point(10), point(20, 'fail'), point(30, 'invalid'), point(null));
  expect(text).toContain('aria-label="Response p99 of 3 runs, from 10 to 30 ms"');
  expect([...text.matchAll(/class="(pass|fail|invalid)"/g)].map(([, status]) => status)).toEqual([
    'pass',
    'fail',
    'invalid',
  ]);
  expect(text).toContain('<path class="fail"');
});

test('trend() leads its line past runs that were spoilt', () => {
  expect(
    /points="([^"]*)"/.exec(render(point(10), point(500, 'invalid'), point(20)))?.[1]?.split(' '),
  ).toHaveLength(2);
});

test('trend() is nothing for a single figure', () => {
  expect(render(point(10), point(null))).toBe('');
});
