import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anEmptyPlan, anIdlePlan, anInterruptedPlan, aPlan } from '../testing.ts';
import { capacityOf, isFromCosts, limitsOfSize, outcomeOf, times, writeCapacity } from './capacity.ts';
import { anEstimate, aSize } from './testing.ts';

const proven = { proven: true, findings: [] };
const unproven = { proven: false, findings: [] };

test('capacityOf() gives a found and proven capacity with its interval', () => {
  const capacity = capacityOf(aSize(1), proven);
  expect(capacity).toMatchObject({ bound: '', remark: '', load: 11_640, users: 58_200 });
  expect(capacity.estimate?.users.upper).toBeCloseTo(5 * (capacity.estimate?.load.upper ?? 0), 6);
  expect(writeCapacity(capacity)).toBe('58,200 users, 11,640 messages/s');
});

test('capacityOf() says at least, and gives no interval, wherever there is no proof or no end', () => {
  const bounds = fc.constantFrom('generator-limited', 'no larger load was tried', null);
  const proofs = fc.constantFrom(proven, unproven, null);
  const property = fc.property(bounds, proofs, (atLeast, proof) => {
    const capacity = capacityOf(aSize(1, { atLeast }), proof);
    const isKnown = proof === proven && atLeast === null;
    expect(capacity.bound).toBe(isKnown ? '' : 'at least');
    expect('estimate' in capacity).toBe(isKnown);
    expect(writeCapacity(capacity).startsWith('at least ')).toBe(!isKnown);
  });
  fc.assert(property);
});

test('capacityOf() says what kept the search from more', () => {
  const size = aSize(1, { atLeast: 'no larger load was tried' });
  expect([proven, unproven, null].map((proof) => capacityOf(size, proof).remark)).toEqual([
    '(no larger load was tried)',
    '(generator-limited)',
    '(no larger load was tried)',
  ]);
  expect(capacityOf(aSize(1), null).remark).toBe('(generator not proven)');
});

test('limitsOfSize() takes every capacity for a lower bound unless the generator is proven', () => {
  const bounds = (proof: Parameters<typeof limitsOfSize>[1]) =>
    limitsOfSize(aSize(1), proof).map(({ isAtLeast }) => isAtLeast);
  expect(bounds(proven)).toEqual([false, false, false, false, true]);
  expect(bounds(unproven)).toEqual([true, true, true, true, true]);
  expect(bounds(null)).toEqual(bounds(unproven));
});

test('outcomeOf() takes a trial that the generator spoilt for neither passed nor failed', () => {
  expect(outcomeOf({ ok: true, guards: [] })).toBe('passed');
  expect(outcomeOf({ ok: false, guards: [] })).toBe('failed');
  expect(outcomeOf({ ok: true, guards: ['late'] })).toBe('spoilt');
});

test('times() changes the unit and leaves the spread', () => {
  const estimate = times(anEstimate(100, 0.05), 5);
  expect(estimate).toMatchObject({ median: 500, spread: 0.05 });
  expect(estimate.upper / estimate.lower).toBeCloseTo(
    anEstimate(1, 0.05).upper / anEstimate(1, 0.05).lower,
    9,
  );
});

test('isFromCosts() tells fleets without a search from a plan that broke off', () => {
  expect([anIdlePlan(), anEmptyPlan(), anInterruptedPlan(), aPlan()].map(isFromCosts)).toEqual([
    true,
    false,
    false,
    false,
  ]);
});
