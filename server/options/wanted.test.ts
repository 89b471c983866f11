import { expect, test } from 'vitest';
import { z } from 'zod';
import { wantedBy } from './wanted.ts';

/** What a field says that it wants instead of a value. */
function wanted(field: z.ZodType, value: unknown): string {
  const issue = field.safeParse(value).error?.issues[0];
  expect(issue).toBeDefined();
  return wantedBy(issue!, field);
}

test('wantedBy() tells the whole range of a number, whatever is wrong with the value', () => {
  const field = z.number().int().min(1).max(9);
  for (const value of ['3', 0, 10, 1.5, Number.NaN, null]) {
    for (const each of [field, field.default(3), field.optional()]) {
      expect(wanted(each, value)).toBe('a whole number from 1 to 9');
    }
  }
  expect(wanted(z.number().int().min(1), 0)).toBe('a whole number from 1');
});

test('wantedBy() tells each form of a choice, and lists', () => {
  expect(wanted(z.union([z.boolean(), z.record(z.string(), z.unknown())]), 3)).toBe('boolean or object');
  expect(wanted(z.union([z.string(), z.array(z.string())]), [5])).toBe('string or list of string');
  expect(wanted(z.enum(['a', 'b']), 'c')).toBe('one of "a"|"b"');
});

test('wantedBy() tells of texts what they must hold', () => {
  expect(wanted(z.string().startsWith('/'), 'a')).toBe('text that must start with "/"');
  expect(wanted(z.string().min(1), '')).toBe('text, not empty');
  expect(
    wanted(
      z.string().refine(() => false, 'host:port'),
      '',
    ),
  ).toBe('host:port');
});

test('wantedBy() names the parts of an object that should not be there', () => {
  const misfit = wanted(z.strictObject({ a: z.string().optional() }), { a: 'x', b: 1, c: 2 });
  expect(misfit).toBe('one without "b", "c"');
});
