import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPlot } from '../../gate/index.ts';
import { html } from '../../html.ts';
import { frame, intervalBar, levelLine, logTicks, outcomeMark, uprightLine } from './marks.ts';

const plot = createPlot({ from: 0, to: 10, lowest: 0, highest: 10 });
const place = { x: 10, y: 10, words: 'trial <1>' };

test('outcomeMark() tells outcomes by their shapes, and says them in escaped words', () => {
  const marks = (['passed', 'failed', 'spoilt'] as const).map((outcome) =>
    outcomeMark(outcome, place).text.trim(),
  );
  expect(marks.map((text) => /^<(\w+)/.exec(text)?.[1])).toEqual(['circle', 'path', 'rect']);
  for (const text of marks) expect(text).toContain('<title>trial &lt;1&gt;</title>');
});

test('intervalBar() ends in a cap, or in an arrow at the top where there is no upper end', () => {
  const bar = { at: 5, lower: 2, median: 4, upper: 6, words: 'a bar' };
  const [closed, open] = [intervalBar(plot, bar).text, intervalBar(plot, { ...bar, isAtLeast: true }).text];
  expect(closed).toContain(`V${plot.y(6).toFixed(1)}`);
  expect(closed).toContain(`cy="${plot.y(4).toFixed(1)}"`);
  expect(open).toContain(`V${plot.top.toFixed(1)}`);
  expect(open).toContain(`cy="${plot.y(2).toFixed(1)}"`);
});

test('levelLine() and uprightLine() keep their names inside the drawing', () => {
  const texts = [
    levelLine(plot, { at: 10, kind: 'objective', text: 'limit' }).text,
    html`${uprightLine(plot, { at: 9.9, kind: 'knee', text: 'knee', row: 1 })}`.text,
    html`${uprightLine(plot, { at: 0.1, kind: 'knee', text: 'knee', row: 0 })}`.text,
  ];
  expect(Number(/<text[^>]* y="([\d.]+)"/.exec(texts[0]!)![1])).toBeGreaterThan(plot.top);
  expect(texts[1]).toContain('<text class="up"');
  expect(texts[2]).toContain('<text class="from"');
});

test('logTicks() gives round values between the ends, two at least over a decade, and not too many', () => {
  const ends = fc.tuple(
    fc.double({ min: -3, max: 6, noNaN: true }),
    fc.double({ min: 1, max: 7, noNaN: true }),
  );
  const property = fc.property(ends, ([power, decades]) => {
    const [lowest, highest] = [10 ** power, 10 ** (power + decades)];
    const ticks = logTicks(lowest, highest);
    expect(ticks.length).toBeGreaterThanOrEqual(1);
    expect(ticks.length).toBeLessThanOrEqual(9);
    for (const tick of ticks) {
      expect(tick >= lowest && tick <= highest).toBe(true);
      expect(['1', '2', '5']).toContain(tick.toExponential().split('e')[0]);
    }
  });
  fc.assert(property);
  expect(logTicks(0, 10)).toEqual([]);
  expect(logTicks(5, 5)).toEqual([]);
});

test('frame() names a drawing and its unit', () => {
  const { text } = frame('Latency', { unit: 'ms', content: html`<svg></svg>` });
  expect(text).toContain('<figcaption>Latency <span>ms</span></figcaption>');
});
