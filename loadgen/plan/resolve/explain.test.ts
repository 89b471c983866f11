import { expect, test } from 'vitest';
import { z } from 'zod';
import { explain, isObject, quote } from './explain.ts';

const schema = z.strictObject({
  size: z.union([z.number(), z.strictObject({ width: z.number('a width') })], 'a size'),
  rules: z
    .array(z.string())
    .superRefine((_, context) => context.addIssue({ code: 'custom', message: 'Rule!' })),
});

function sentencesOf(value: unknown): string[] {
  const { error } = schema.safeParse(value);
  return (error?.issues ?? []).flatMap((issue) => explain(issue, value, schema));
}

test.each([
  ['nope', ['it is "nope", wanted an object']],
  [{ size: true, rules: [] }, ['"size" is true, wanted a size', 'Rule!']],
  [{ size: { width: 'x' }, rules: [] }, ['"size.width" is "x", wanted a width', 'Rule!']],
  [
    { size: { width: 1, widht: 2 }, rules: [], colour: 1 },
    [
      '"size.widht" is no field of a scenario; did you mean "width"?',
      'Rule!',
      '"colour" is no field of a scenario',
    ],
  ],
  [{ size: 1 }, ['"rules" is missing, wanted a value of type array']],
])('explain() says what is wrong with %o', (value, sentences) => {
  expect(sentencesOf(value)).toEqual(sentences);
});

test('explain() quotes nothing that a user brings along, whatever is wrong with it', () => {
  const fields = {
    connect: z.strictObject({
      headers: z.record(z.string(), z.string('some text')),
      query: z.string('a text'),
    }),
    http: z.strictObject({ body: z.number('a number') }),
    options: z.strictObject({ authKey: z.number('a number'), size: z.number('a number') }),
    list: z.string('a text'),
  };
  const value = {
    connect: { headers: { A: 5, B: ['S3CRET'] }, query: { token: 'S3CRET' } },
    http: { body: 'S3CRET' },
    options: { authKey: 'S3CRET', size: 'large' },
    list: { token: 'S3CRET' },
  };
  const { error } = z.strictObject(fields).safeParse(value);
  const sentences = (error?.issues ?? []).flatMap((issue) => explain(issue, value, z.strictObject(fields)));
  expect(sentences).toEqual([
    '"connect.headers.A" is 5, wanted some text',
    '"connect.headers.B" is "[redacted]", wanted some text',
    '"connect.query" is "[redacted]", wanted a text',
    '"http.body" is "[redacted]", wanted a number',
    '"options.authKey" is "[redacted]", wanted a number',
    '"options.size" is "large", wanted a number',
    `"list" is { token: '[redacted]' }, wanted a text`,
  ]);
});

test('quote() shortens what is long and says when there is nothing', () => {
  expect(quote(undefined)).toBe('missing');
  expect(quote('x'.repeat(100))).toBe(`"${'x'.repeat(59)}…`);
  expect(quote({ a: [1] })).toBe('{ a: [ 1 ] }');
});

test('isObject() is true for whatever has fields', () => {
  expect([{}, [], null, 'a', undefined].map(isObject)).toEqual([true, true, false, false, false]);
});
