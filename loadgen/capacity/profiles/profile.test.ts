import { expect, test } from 'vitest';
import { given, habitsOf, meanOf, partsOf } from './profile.ts';
import { profileOf } from './testing.ts';

test('partsOf() makes one part of a bare behaviour, with its habits', () => {
  const habits = { stays: 20, returns: 5 };
  expect(partsOf(profileOf({ behaviour: { kind: 'idle' }, ...habits }))).toEqual([
    { group: { name: 'idle', weight: 1, behaviour: { kind: 'idle' }, ...habits }, share: 1 },
  ]);
});

test('partsOf() gives each group its share, and nothing to a profile without users', () => {
  const idle = { kind: 'idle' } as const;
  const groups = [
    { name: 'many', weight: 6, behaviour: idle },
    { name: 'few', weight: 2, behaviour: idle },
  ];
  expect(partsOf(profileOf({ groups })).map(({ share }) => share)).toEqual([0.75, 0.25]);
  expect(partsOf(profileOf({}))).toEqual([]);
});

test('habitsOf() takes habits alone, and given() only what is there', () => {
  expect(habitsOf(profileOf({ behaviour: { kind: 'idle' }, reconnects: false }))).toEqual({
    reconnects: false,
  });
  expect(given({ one: 1, none: undefined, nothing: null, zero: 0 })).toEqual({
    one: 1,
    nothing: null,
    zero: 0,
  });
});

test('meanOf() takes a number for a mean', () => {
  expect([meanOf(6), meanOf({ mean: 7, shape: 'constant' })]).toEqual([6, 7]);
});
