import { expect, test } from 'vitest';
import { formatFleetsMarkdown } from './markdown.ts';
import { neededOf, reportOf, rowOf, tableOf, unfitRow } from './testing.ts';

test('formatFleetsMarkdown() has a row for each fleet, with what binds and why some are never recommended', () => {
  expect(formatFleetsMarkdown(reportOf())).toBe(
    [
      '|  | type | hosts | workers | users (90 % interval) | messages/s in / out | binds first, next | headroom | survives loss of | $/month | $/million users and month | tier | remark |',
      '| --- | --- | ---: | ---: | ---: | ---: | --- | ---: | ---: | ---: | ---: | --- | --- |',
      '|  | c7g.4xlarge | 2 | 4 | 81,200 (74,800 to 88,200) | 8,120 / 81,200 | network, busiest worker | 49 % | 1 host | $130 | 1,600 (1,480 to 1,740) | T4, beyond | never recommended: more than twice the workers that were measured |',
      '| **recommended** | c7i.large | 2 | 4 | 81,200 (74,800 to 88,200) | 8,120 / 81,200 | network, busiest worker | 49 % | 1 host | $130 | 1,600 (1,480 to 1,740) | T0 |  |',
      '',
      '- Prices of 2026-07-20, a list of prices; a month of 730 hours.',
      '',
    ].join('\n'),
  );
});

test('formatFleetsMarkdown() marks rows that nothing betters', () => {
  const { recommended: _, ...table } = tableOf({ rows: [rowOf()] });
  expect(formatFleetsMarkdown(reportOf({ table }))).toContain('| \\* | c7i.large |');
});

test('formatFleetsMarkdown() answers first what was asked', () => {
  const text = formatFleetsMarkdown(reportOf({ needed: neededOf() }));
  expect(text).toMatch(/^50,000 users take 2 hosts of c7i\.large at \$130 a month/);
  expect(text).toContain('| **recommended** | c7i.large | 2 | 4 | 96 % |');
});

test('formatFleetsMarkdown() says how many rows it leaves out', () => {
  const rows = [rowOf(), unfitRow(), rowOf({ type: 'm7i.large' })];
  const text = formatFleetsMarkdown(reportOf({ table: tableOf({ rows }) }), { most: 2 });
  expect(text).toContain('m7i.large');
  expect(text).not.toContain('c7g.4xlarge');
  expect(text).toContain('\n\nThe CSV has 1 more row.\n');
});

test('formatFleetsMarkdown() lets no text of a row break the table', () => {
  const table = tableOf({ rows: [rowOf({ type: 'a|b<c' })], notes: ['a_b'] });
  const text = formatFleetsMarkdown(reportOf({ table }));
  expect(text).toContain('| a\\|b&lt;c |');
  expect(text).toContain('- a\\_b.');
});

test('formatFleetsMarkdown() of nobody has sentences alone', () => {
  const { recommended: _, ...table } = tableOf({ rows: [], leftOut: ['Cannot plan on "t3.large": no room'] });
  expect(formatFleetsMarkdown(reportOf({ table }))).toBe(
    '- Prices of 2026-07-20, a list of prices; a month of 730 hours.\n- Cannot plan on "t3.large": no room.\n',
  );
});
