import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nearest, suggest } from './nearest.ts';

const known = ['workers', 'brokers', 'workerController', 'port'];

test('suggest() asks about a near name, whatever its case, and says nothing of far ones', () => {
  expect(suggest('worker', known)).toBe('; did you mean "workers"?');
  expect(suggest('WORKERCONTROLER', known)).toBe('; did you mean "workerController"?');
  expect(suggest('somethingElse', known)).toBe('');
  expect(suggest('x', [])).toBe('');
});

test('nearest() finds a known name itself, and one with a letter changed, added or dropped', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...known),
      fc.nat({ max: 3 }),
      fc.constantFrom('', 'Q', 'QQ'),
      (name, at, letters) => {
        expect(nearest(name, known)).toBe(name);
        expect(nearest(name.slice(0, at) + letters + name.slice(at + 1), known)).toBe(name);
      },
    ),
  );
});
