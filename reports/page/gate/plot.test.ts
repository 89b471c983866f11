import fc from 'fast-check';
import { expect, test } from 'vitest';
import { html } from '../html.ts';
import { createPlot, drawing, ticksBetween } from './plot.ts';

const ends = fc
  .tuple(fc.double({ min: -10, max: 10, noNaN: true }), fc.double({ min: 0.001, max: 10, noNaN: true }))
  .map(([lowest, span]) => [lowest, lowest + span] as const);

test('ticksBetween() gives at least three steps of round numbers within the ends', () => {
  const property = fc.property(ends, ([lowest, highest]) => {
    const ticks = ticksBetween(lowest, highest);
    expect(ticks.length).toBeGreaterThanOrEqual(3);
    expect(ticks.length).toBeLessThanOrEqual(9);
    const step = ticks[1]! - ticks[0]!;
    const powers = [1, 2, 5].map((digit) => Math.log10(step / digit));
    expect(Math.min(...powers.map((power) => Math.abs(power - Math.round(power))))).toBeLessThan(1e-6);
    expect(ticks[0]!).toBeGreaterThanOrEqual(lowest - step * 1e-6);
    expect(ticks.at(-1)!).toBeLessThanOrEqual(highest + step * 1e-6);
  });
  fc.assert(property);
  expect(ticksBetween(1, 1)).toEqual([]);
});

test('createPlot() puts the ends at the edges, more above less, and what lies beyond at the edge', () => {
  const plot = createPlot({ from: 0, to: 10, lowest: -1, highest: 1 });
  expect([plot.x(0), plot.x(10)]).toEqual([plot.left, plot.right]);
  expect([plot.y(-1), plot.y(1), plot.y(5)]).toEqual([plot.bottom, plot.top, plot.top]);
  expect(plot.y(0)).toBeCloseTo((plot.top + plot.bottom) / 2, 9);
});

test('drawing() says in words what it shows, escaped', () => {
  const plot = createPlot({ from: 0, to: 1, lowest: 0, highest: 1 });
  const { text } = drawing(plot, {
    words: 'a "b"',
    across: [{ at: 1, text: '1' }],
    up: [{ at: 0, text: '0' }],
    content: html`<path d=""/>`,
  });
  expect(text).toContain('aria-label="a &quot;b&quot;"');
  expect(text.match(/<text/g)).toHaveLength(2);
});
