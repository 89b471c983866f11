import { expect, test } from 'vitest';
import { answerOf, chosen, fleetColumns, hiddenOf, neededColumns, sentencesBelow } from './report.ts';
import { neededOf, reportOf, rowOf, tableOf, unfitRow } from './testing.ts';

test('fleetColumns say what a fleet carries, what stops it and what it costs', () => {
  expect(fleetColumns.map(([name, of]) => [name, of(rowOf())])).toEqual([
    ['type', 'c7i.large'],
    ['hosts', '2'],
    ['workers', '4'],
    ['users (90 % interval)', '81,200 (74,800 to 88,200)'],
    ['messages/s in / out', '8,120 / 81,200'],
    ['binds first, next', 'network, busiest worker'],
    ['headroom', '49 %'],
    ['survives loss of', '1 host'],
    ['$/month', '$130'],
    ['$/million users and month', '1,600 (1,480 to 1,740)'],
    ['tier', 'T0'],
  ]);
});

test('neededColumns have the chance that a fleet is enough, and how far it is extrapolated', () => {
  const cells = neededColumns.map(([, of]) => of({ row: rowOf({ grade: 'extrapolation' }), chance: 0.962 }));
  expect(cells).toContain('96 %');
  expect(cells).toContain('T0, extrapolation');
});

test('chosen() keeps what may be bought before what may not, in the order of the table', () => {
  const rows = [unfitRow(), rowOf(), unfitRow(), rowOf()];
  expect(chosen(rows, ({ unfit }) => unfit, 3)).toEqual([rows[0], rows[1], rows[3]]);
  expect(chosen(rows, ({ unfit }) => unfit, 1)).toEqual([rows[1]]);
  expect(chosen(rows, ({ unfit }) => unfit, 9)).toEqual(rows);
});

test('hiddenOf() counts what is not shown', () => {
  expect([0, 1, 12].map(hiddenOf)).toEqual(['', 'The CSV has 1 more row.', 'The CSV has 12 more rows.']);
});

test('answerOf() says what so many users take, or that nothing may be recommended', () => {
  expect(answerOf(neededOf())).toBe(
    '50,000 users take 2 hosts of c7i.large at $130 a month: enough with a chance of 96 %, wanted 95 %, the loss of 1 host survived',
  );
  const { recommended: _, ...none } = neededOf();
  expect(answerOf(none)).toContain('No fleet may be recommended for 50,000 users');
});

test('sentencesBelow() says each thing once', () => {
  const leftOut = ['Cannot plan on "t3.large": its memory leaves no room for a single user'];
  const report = reportOf({
    table: tableOf({
      leftOut,
      notes: ['Of t3.large something'],
      next: {
        kind: 'calibrate',
        type: 'c7g.large',
        workers: 2,
        before: 2,
        after: 1.3,
        sentence: 'Calibrate c7g.large',
      },
    }),
    needed: neededOf({ leftOut }),
  });
  expect(sentencesBelow(report)).toEqual([
    'Prices of 2026-07-20, a list of prices; a month of 730 hours.',
    'Of t3.large something.',
    `${leftOut[0]}.`,
    'What to measure next: Calibrate c7g.large.',
  ]);
});
