import { expect, test } from 'vitest';
import { fleetDocument } from './document.ts';
import { neededOf, reportOf, tableOf } from './testing.ts';

test('fleetDocument() has a version, all rows, and the one that is recommended', () => {
  const document = fleetDocument(reportOf());
  expect(document).toMatchObject({
    version: 1,
    prices: { date: '2026-07-20', source: 'a list of prices' },
    next: null,
    needed: null,
  });
  expect(document.rows.map(({ type, isRecommended }) => [type, isRecommended])).toEqual([
    ['c7g.4xlarge', false],
    ['c7i.large', true],
  ]);
});

test('fleetDocument() has six digits of each number', () => {
  const [, row] = fleetDocument(reportOf()).rows;
  expect(row?.users.median).toBe(81_234.6);
  expect(row?.messages.in).toBe(8_123.46);
});

test('fleetDocument() survives text: what is read back is what was written', () => {
  const document = fleetDocument(reportOf({ needed: neededOf() }));
  expect(JSON.parse(JSON.stringify(document))).toEqual(document);
  expect(document.needed?.fleets[0]).toMatchObject({ chance: 0.962, isRecommended: true });
});

test('fleetDocument() recommends nothing where nothing is', () => {
  const { recommended: _, ...table } = tableOf();
  expect(fleetDocument(reportOf({ table })).rows.some(({ isRecommended }) => isRecommended)).toBe(false);
});
