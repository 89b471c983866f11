import fc from 'fast-check';
import { expect, test } from 'vitest';
import { builtIn, profileNames } from './built-in.ts';
import { loadOf, ratesOf, usersOf } from './rates.ts';

const profileOf = (name: string) => builtIn(name)!;

test('ratesOf() of 42k is a message and an answer every six seconds, and a heartbeat every 25', () => {
  const rates = ratesOf(profileOf('42k'));
  expect(rates).toMatchObject({ publications: 0, connects: 0, fanOut: 0 });
  expect([rates.load, rates.inbound, rates.deliveries].map((rate) => 1 / rate)).toEqual([6, 6, 6]);
  expect(rates.pings).toBeCloseTo(1 / 25, 12);
});

test('ratesOf() of chat has twenty deliveries for each publication', () => {
  const { deliveries, fanOut, load, publications } = ratesOf(profileOf('chat'));
  expect([load, publications, fanOut]).toEqual([1 / 30, 1 / 30, 20]);
  expect(deliveries).toBeCloseTo(20 / 30, 12);
});

test('ratesOf() of presence counts those who come, and nothing of those who are away', () => {
  const { connects, load, pings } = ratesOf(profileOf('presence'));
  expect(connects).toBeCloseTo(1 / 70, 12);
  expect(load).toBeCloseTo(60 / 70 / 15, 12);
  expect(pings).toBeCloseTo(60 / 70 / 8, 12);
});

test('ratesOf() of idle has heartbeats alone', () => {
  expect(ratesOf(profileOf('idle'))).toMatchObject({ load: 0, inbound: 0, deliveries: 0, pings: 1 / 25 });
});

test('usersOf() gives as many users as make a load, up to half a user', () => {
  const speaking = profileNames.filter((name) => name !== 'idle').map(profileOf);
  fc.assert(
    fc.property(
      fc.constantFrom(...speaking),
      fc.double({ min: 1, max: 1e6, noNaN: true }),
      (profile, load) => {
        const off = Math.abs(loadOf(profile, usersOf(profile, load)) - load);
        expect(off).toBeLessThanOrEqual(loadOf(profile, 1) * 1);
        expect(usersOf(profile, load)).toBeGreaterThanOrEqual(1);
      },
    ),
  );
  expect(usersOf(profileOf('idle'), 10)).toBe(1);
});
