import { expect, test } from 'vitest';
import { neededOf, reportOf, rowOf, tableOf, unfitRow } from './testing.ts';
import { formatFleetsText } from './text.ts';

test('formatFleetsText() aligns figures to the right and text to the left', () => {
  const rows = [unfitRow(), rowOf(), rowOf({ type: 'm7i.large', nodes: 12, isPareto: true })];
  const [head, ...lines] = formatFleetsText(
    reportOf({ table: tableOf({ rows, recommended: rows[1]! }) }),
  ).split('\n');
  expect(head).toMatch(/^ {3}type +hosts +workers +users/);
  expect(lines[0]).toMatch(
    /^x {2}c7g\.4xlarge +2 +4 +81,200 \(74,800 to 88,200\) {2}network, busiest worker +1 host/,
  );
  expect(lines[1]).toMatch(/^> {2}c7i\.large {3}/);
  expect(lines[2]).toMatch(/^\* {2}m7i\.large {5,}12 /);
  const column = (head ?? '').indexOf('binds first');
  for (const line of lines.slice(0, 3)) expect(line.slice(column)).toMatch(/^network/);
  expect(lines[3]).toBe('');
});

test('formatFleetsText() explains its signs and answers first what was asked', () => {
  const text = formatFleetsText(reportOf({ needed: neededOf() }));
  expect(text).toMatch(/^50,000 users take 2 hosts/);
  expect(text).toContain('> recommended   * nothing carries more for less   x never recommended');
  expect(text).toMatch(/Prices of 2026-07-20, a list of prices; a month of 730 hours\.\n$/);
});

test('formatFleetsText() keeps to a screen', () => {
  const rows = Array.from({ length: 30 }, (_, index) => rowOf({ type: `c7i.${index}large` }));
  const text = formatFleetsText(reportOf({ table: tableOf({ rows }) }));
  expect(text.split('\n').filter((line) => /c7i\./.test(line))).toHaveLength(20);
  expect(text).toContain('The CSV has 10 more rows.');
  for (const line of text.split('\n')) expect(line.length).toBeLessThan(160);
});

test('formatFleetsText() of nobody has sentences alone', () => {
  const { recommended: _, ...table } = tableOf({ rows: [] });
  expect(formatFleetsText(reportOf({ table }))).toBe(
    'Prices of 2026-07-20, a list of prices; a month of 730 hours.\n',
  );
});
