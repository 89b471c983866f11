/** What a profile file may say. What its users do is checked with everything else that scenarios may do. */
import { z } from 'zod';
import { suggest } from '../../../../server/errors/index.ts';

const MOST_USERS = 10_000_000;
const TEXT = 'some text';
const USERS = `a whole number from 1 to ${MOST_USERS}`;
const POSITIVE = 'a number above 0';
const FROM_ZERO = 'a number, 0 or more';

const text = z.string(TEXT).min(1, TEXT);
const fromZero = z.number(FROM_ZERO).min(0, FROM_ZERO).optional();

const rates = z.strictObject({
  load: z.number(POSITIVE).gt(0, POSITIVE),
  publications: fromZero,
  deliveries: fromZero,
  fanOut: fromZero,
  payloadBytes: fromZero,
});

const file = z.strictObject({
  name: text.optional(),
  question: text.optional(),
  users: z.number(USERS).int(USERS).min(1, USERS).max(MOST_USERS, USERS).optional(),
  behaviour: z.unknown().optional(),
  groups: z.unknown().optional(),
  stays: z.unknown().optional(),
  returns: z.unknown().optional(),
  reconnects: z.unknown().optional(),
  stalls: z.unknown().optional(),
  connect: z.unknown().optional(),
  controller: text.optional(),
  options: z.record(z.string(), z.unknown(), 'an object').default({}),
  rates: rates
    .refine(({ load, publications = 0 }) => publications <= load, {
      error: 'no more than "load"',
      path: ['publications'],
    })
    .optional(),
});

/** The fields of a profile file, each right by itself as far as it was checked. */
export type ProfileFields = z.output<typeof file>;

/** Checks the fields of a profile file; gives them, or what is wrong with them: each the end of a sentence. */
export function checkFields(value: unknown): { fields?: ProfileFields; problems: string[] } {
  const checked = file.safeParse(value);
  if (checked.success) return { fields: checked.data, problems: [] };
  return { problems: checked.error.issues.flatMap((issue) => explain(issue, value)) };
}

function explain(issue: z.core.$ZodIssue, value: unknown): string[] {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    const known = Object.keys(path[0] === 'rates' ? rates.shape : file.shape);
    return issue.keys.map(
      (key) => `"${[...path, key].join('.')}" is no field of a profile${suggest(key, known)}`,
    );
  }
  if (path.length === 0) return [`it is ${shown(value)}, wanted an object`];
  const wanted = issue.message.startsWith('Invalid input') ? 'an object' : issue.message;
  return [`"${path.join('.')}" is ${shown(valueAt(value, path))}, wanted ${wanted}`];
}

function shown(value: unknown): string {
  return JSON.stringify(value) ?? 'missing';
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, name) => (inner as Record<string, unknown> | undefined)?.[name], value);
}
