import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findProblems, flag, hasFunctions, isObject, isWithin, milliseconds, text } from './check-options.ts';

const known = { hostname: text, secure: flag, ackTimeout: milliseconds };

test('findProblems() is content with what is known and fine', () => {
  expect(findProblems({ hostname: 'a', secure: true, ackTimeout: 0 }, { known })).toEqual([]);
});

test('findProblems() names every option that is wrong, its value and what is wanted', () => {
  expect(findProblems({ secure: 'yes', ackTimeout: 2 ** 31 }, { known, prefix: 'inner.' })).toEqual([
    'Cannot use option "inner.secure": current value is "yes", wanted is true or false',
    'Cannot use option "inner.ackTimeout": current value is 2147483648, wanted is milliseconds from 0 to 2147483647',
  ]);
});

test('findProblems() suggests what a typo may have meant, and nothing far-fetched', () => {
  expect(findProblems({ hostName: 'a' }, { known })).toEqual([
    expect.stringContaining('did you mean "hostname"?'),
  ]);
  expect(findProblems({ akcTimeot: 1 }, { known })).toEqual([expect.stringContaining('"ackTimeout"?')]);
  expect(findProblems({ somethingElse: 1 }, { known })).toEqual([
    'Cannot use option "somethingElse": there is no such option',
  ]);
});

test('findProblems() says what to do instead of a retired option', () => {
  expect(findProblems({ host: 'a:1' }, { known, retired: { host: 'wanted is "hostname"' } })).toEqual([
    'Cannot use option "host": wanted is "hostname"',
  ]);
});

test('findProblems() describes any value without throwing', () => {
  fc.assert(
    fc.property(fc.anything({ withBigInt: true, withNullPrototype: true }), (value) => {
      expect(findProblems({ hostname: value }, { known }).length).toBe(typeof value === 'string' ? 0 : 1);
    }),
  );
});

test('isWithin(), isObject() and hasFunctions() refuse values of other kinds', () => {
  expect([isWithin(1, 0, 1), isWithin('1', 0, 1), isWithin(Number.NaN, 0, 1)]).toEqual([true, false, false]);
  expect([isObject({}), isObject(null), isObject('')]).toEqual([true, false, false]);
  expect([
    hasFunctions({ a: () => 1 }, ['a']),
    hasFunctions({ a: 1 }, ['a']),
    hasFunctions(null, ['a']),
  ]).toEqual([true, false, false]);
});
