import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  chosenRows,
  fleetSentence,
  fleetToBuy,
  neededSentence,
  standingOf,
  tierBases,
  writeBinding,
  writeFleet,
  writeStanding,
  writeTier,
} from './fleet-words.ts';
import { someFleets } from './testing.ts';

const fleets = someFleets();
const { needed } = fleets;

test('fleetToBuy() gives the fleet for the users asked for, else the recommended row of the table', () => {
  expect(fleetToBuy(fleets)).toBe(needed?.fleets[0]?.row);
  expect(fleetToBuy({ ...fleets, needed: null })).toBe(fleets.rows[1]);
  expect(fleetToBuy({ ...fleets, needed: { ...needed!, fleets: [] } })).toBeUndefined();
});

test('fleetSentence() tells what to buy, for how many, at what price, what binds and on what evidence', () => {
  expect(fleetSentence(fleets)).toBe(
    'Buy 2 hosts of c7i.large: 81,200 (90 %: 74,800 to 88,200) users at $130 a month, ' +
      '$1,604 (90 %: $1,477 to $1,742) a month for a million users; network binds first, then busiest worker; ' +
      'survives the loss of 1 host; evidence T0: capacity measured on this type',
  );
  expect(fleetSentence({ ...fleets, rows: [], needed: null })).toMatch(/^No fleet may be recommended/);
});

test('neededSentence() answers how many hosts it takes, or that none may be recommended', () => {
  expect(neededSentence(needed!)).toBe(
    '50,000 users take 2 hosts of c7i.large at $130 a month: enough with a chance of 96 %, wanted 95 %',
  );
  expect(neededSentence({ ...needed!, fleets: needed!.fleets.slice(1) })).toMatch(
    /^No fleet may be recommended for 50,000 users/,
  );
});

test('standingOf() never lets a row be bought that may not, and writeStanding() has a sign for each', () => {
  const standings = fleets.rows.map(standingOf);
  expect(standings).toEqual(['unfit', 'recommended', 'pareto', 'plain']);
  expect(standingOf({ unfit: 'too large', isRecommended: true, isPareto: true })).toBe('unfit');
  expect(new Set(standings.map((standing) => writeStanding(standing).slice(0, 1))).size).toBe(4);
});

test('writeTier(), writeBinding() and writeFleet() leave out what says nothing', () => {
  const [beyond, plain] = fleets.rows;
  expect([writeTier(beyond!), writeTier(plain!)]).toEqual(['T4, beyond', 'T0']);
  expect(writeBinding({ binding: 'memory', runnerUp: undefined })).toBe('memory binds first');
  expect(writeFleet({ nodes: 1, type: 'c7i.large' })).toBe('1 host of c7i.large');
  expect(Object.keys(tierBases)).toEqual(['T0', 'T1', 'T2', 'T3', 'T4']);
});

test('chosenRows() keeps the order, and what may be bought before what may not', () => {
  const rows = fc.array(fc.record({ unfit: fc.option(fc.constant('no'), { nil: undefined }) }));
  const property = fc.property(rows, fc.nat(10), (all, most) => {
    const chosen = chosenRows(all, { most, unfitOf: ({ unfit }) => unfit });
    expect(chosen).toHaveLength(Math.min(most, all.length));
    expect(chosen).toEqual(all.filter((row) => chosen.includes(row)));
    const lost = all.filter((row) => !chosen.includes(row));
    if (chosen.some(({ unfit }) => unfit !== undefined))
      expect(lost.every(({ unfit }) => unfit !== undefined)).toBe(true);
  });
  fc.assert(property);
});
