import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { NumberField } from './number-field.ts';

function read(field: NumberField, text: string): number {
  const bytes = Buffer.from(`##${text}##`);
  return field.read(bytes, 2, bytes.length - 2);
}

test('NumberField reads what JSON.parse reads, message after message', () => {
  const value = fc.oneof(fc.nat(), fc.jsonValue({ maxDepth: 1 }), fc.nat().map(String));
  const key = fc.constantFrom('id', 'body', 'a', 'i"d');
  const message = fc.dictionary(key, fc.oneof(value, fc.dictionary(key, value)));
  fc.assert(
    fc.property(fc.constantFrom('id', 'body.id', 'i"d'), fc.array(message), (path, messages) => {
      const field = new NumberField(path);
      for (const one of messages) {
        const names = path.split('.');
        const found = names.reduce<unknown>(
          (within, name) =>
            typeof within === 'object' && within !== null && Object.hasOwn(within, name)
              ? (within as Record<string, unknown>)[name]
              : undefined,
          one,
        );
        const number = typeof found === 'string' && /^\d+$/.test(found) ? Number(found) : found;
        const wanted = Number.isSafeInteger(number) && Number(number) >= 0 ? Number(number) : Number.NaN;
        expect(read(field, JSON.stringify(one))).toBe(wanted);
      }
    }),
    { numRuns: 500 },
  );
});

test('NumberField parses no message that begins like the last one', () => {
  const field = new NumberField('id');
  const parse = vi.spyOn(JSON, 'parse');
  expect([5, 6, 1_000].map((id) => read(field, `{"type":"echo","id":${id},"text":"x"}`))).toEqual([
    5, 6, 1_000,
  ]);
  expect(parse).toHaveBeenCalledTimes(1);
  expect(read(field, '{"type":"echo","id":1.5,"text":"x"}')).toBeNaN();
  expect(read(field, '{"type":"echo","id":15')).toBeNaN();
  expect(parse).toHaveBeenCalledTimes(3);
  parse.mockRestore();
});

test('NumberField does not take the field of another object for its own', () => {
  const field = new NumberField('id');
  expect(read(field, '{"id":1,"other":{"id":2}}')).toBe(1);
  expect(read(field, '{"other":{"id":2}}')).toBeNaN();
  expect(read(field, '{"other":{"id":2},"id":3}')).toBe(3);
  expect(read(field, 'no JSON')).toBeNaN();
});
