import fc from 'fast-check';
import { expect, test } from 'vitest';
import { digestOf, namesIn, subjectOfClaims, subjectOfPayload, subjectOfToken } from './subject.ts';

const claims = fc.dictionary(
  fc.string({ maxLength: 5 }),
  fc.oneof(fc.string({ maxLength: 5 }), fc.integer(), fc.boolean()),
  { minKeys: 1, maxKeys: 3 },
);

test('subjectOfClaims() is found in a payload that has the claims, and in no other', () => {
  fc.assert(
    fc.property(claims, claims, (wanted, others) => {
      const subject = subjectOfClaims(wanted);
      const names = namesIn(subject);
      expect(names).toEqual(Object.keys(wanted).toSorted());
      expect(subjectOfPayload({ ...others, ...wanted }, names)).toBe(subject);
      const isSame = names.every((name) => Object.hasOwn(others, name) && others[name] === wanted[name]);
      expect(subjectOfPayload(others, names) === subject).toBe(isSame);
    }),
  );
});

test('subjectOfClaims() refuses claims that would be all, none or too many to compare', () => {
  const refused: unknown[] = [
    {},
    { sub: undefined },
    { sub: null },
    { sub: ['bob'] },
    { sub: 1n },
    { exp: Number.NaN },
    { sub: 'x'.repeat(1_000) },
  ];
  for (const wrong of refused) {
    expect(() => subjectOfClaims(wrong as Record<string, string>)).toThrow(TypeError);
  }
});

test('subjectOfToken() names a token by its digest, and no claim', () => {
  const subject = subjectOfToken(digestOf('a.b.c'));
  expect(namesIn(subject)).toEqual([]);
  expect(subject).toContain(digestOf('a.b.c'));
  expect(subject).not.toContain('a.b.c');
});

test('subjectOfPayload() does not take what every object has for a claim', () => {
  expect(subjectOfPayload({}, ['constructor'])).toBeUndefined();
});
