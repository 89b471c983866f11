import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { multiplyPrices, withPrices, withPricesOf } from './prices.ts';
import { readSnapshot } from './snapshot.ts';

const snapshot = readSnapshot();
const priceOf = (from: typeof snapshot, type: string) => from.instances.find((each) => each.type === type);
const given = (text: string) => withPrices(snapshot, { text, name: 'mine.csv' });

test('withPrices() takes prices out of comma-separated text, whatever the order of its columns', () => {
  const prices = given('region,price,type\neu-west-1,0.08,c7g.large\n');
  expect(priceOf(prices, 'c7g.large')).toMatchObject({ hourly: 0.08, pricedBy: 'file' });
  expect(priceOf(prices, 'c7g.xlarge')).toMatchObject({ hourly: 0.145, pricedBy: 'snapshot' });
});

test('withPrices() takes prices out of JSON, as numbers or as text', () => {
  const prices = given('[{ "type": "c7g.large", "price": 0.08 }, { "type": "m7g.large", "price": "0.09" }]');
  expect(priceOf(prices, 'c7g.large')?.hourly).toBe(0.08);
  expect(priceOf(prices, 'm7g.large')?.hourly).toBe(0.09);
});

test.each([
  [
    'a missing column',
    'type,cost\nc7g.large,0.08',
    'Cannot read prices "mine.csv": there is no column "price", wanted type and price',
  ],
  ['no columns at all', '', 'there is no column "type" and no column "price"'],
  [
    'a field missing in JSON',
    '[{ "type": "c7g.large", "cost": 1 }]',
    'there is no column "price", wanted type and price',
  ],
  [
    'a price that is no number',
    'type,price\nc7g.large,cheap',
    'Cannot read line 2 of prices "mine.csv": the price of "c7g.large" is "cheap", wanted US dollars an hour',
  ],
  ['no price', 'type,price\nc7g.large,', 'the price of "c7g.large" is "", wanted'],
  ['a price of nothing', 'type,price\nc7g.large,0', 'the price of "c7g.large" is "0", wanted'],
  [
    'a price without end',
    '[{"type":"c7g.large","price":"Infinity"}]',
    'the price of "c7g.large" is "Infinity"',
  ],
  [
    'an unknown type',
    'type,price\nc7g.larg,0.08',
    'Cannot read line 2 of prices "mine.csv": "c7g.larg" is no type that is known; did you mean "c7g.large"?',
  ],
  [
    'a type twice',
    'type,price\nc7g.large,1\nc7g.large,2',
    'line 3 of prices "mine.csv": "c7g.large" stands twice',
  ],
  ['no types', 'type,price\n', 'Cannot read prices "mine.csv": it names no type'],
  ['broken JSON', '[{ "type": ', 'Cannot read prices "mine.csv": it is not JSON'],
  ['other JSON', '{ "c7g.large": 1 }', 'wanted an array of objects with type and price'],
])('withPrices() refuses %s in a sentence', (_, text, sentence) => {
  expect(() => given(text)).toThrow(sentence);
});

test('withPrices() tells all lines that are wrong at once', () => {
  expect(() => given('type,price\nc7g.large,x\nnone,1\nm7g.large,1')).toThrow(
    /line 2 of .*\n.*line 3 of .*$/,
  );
});

test('withPricesOf() reads a file, and names one that it cannot read', () => {
  const folder = mkdtempSync(join(tmpdir(), 'prices-'));
  try {
    const path = join(folder, 'prices.csv');
    writeFileSync(path, 'type,price\nc7g.large,0.05\n');
    expect(priceOf(withPricesOf(path, snapshot), 'c7g.large')?.hourly).toBe(0.05);
    expect(() => withPricesOf(join(folder, 'none.csv'), snapshot)).toThrow(
      /^Cannot read prices ".*none\.csv": wanted/,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('multiplyPrices() makes all prices cheaper alike, and refuses what is no factor', () => {
  const spot = multiplyPrices(snapshot, 0.4);
  expect(priceOf(spot, 'c7g.large')?.hourly).toBeCloseTo(0.029, 12);
  expect(() => multiplyPrices(snapshot, 0)).toThrow('Cannot multiply prices by "0": wanted a number above 0');
  expect(() => multiplyPrices(snapshot, Number.NaN)).toThrow('"NaN"');
});

test('withPrices() and multiplyPrices() say where prices are from now', () => {
  const prices = multiplyPrices(given('type,price\nc7g.large,0.08\n'), 0.6);
  expect(prices.source).toBe(`${snapshot.source}; those of 1 types: mine.csv; all times 0.6`);
});
