/** Schemas of single values. Each message is the end of a sentence: what was wanted. */
import { z } from 'zod';

/** Most of anything that is counted: users, channels, messages a second. */
export const MOST = 10_000_000;

const TEXT = 'some text';
const GAP = 'seconds, more than 0, or a gap such as { mean: 6, shape: "exponential" }';
const NAME = 'a name of letters, digits, "-" and "_"';

/** Text that is not empty. */
export const text = z.string(TEXT).min(1, TEXT);

/** A name that may stand in the path of a figure. */
export const name = z.string(NAME).regex(/^[\w-]+$/, NAME);

/** Part of a whole. */
export const share = number('a number from 0 to 1', { least: 0, most: 1 });

/** A length of time. */
export const seconds = number('seconds, more than 0', { above: 0, most: 7 * 24 * 3_600 });

/** A point in time, or a length of time that may be none. */
export const secondsFromZero = number('seconds, 0 or more', { least: 0, most: 7 * 24 * 3_600 });

/** A flag. */
export const flag = z.boolean('true or false');

/** A random length of time: a mean, or a gap. */
export const gap = z.union(
  [
    seconds,
    z
      .strictObject({
        mean: seconds,
        shape: z
          .enum(['even', 'constant', 'exponential', 'lognormal'], 'even, constant, exponential or lognormal')
          .default('even'),
        spread: number('a number from 0 to 5', { least: 0, most: 5 }).optional(),
      })
      .refine(({ shape, spread = 0 }) => shape !== 'even' || spread <= 1, {
        error: 'a number from 0 to 1 for shape "even"',
        path: ['spread'],
      })
      .refine(({ shape, spread }) => shape === 'even' || shape === 'lognormal' || spread === undefined, {
        error: 'none for shapes "constant" and "exponential"',
        path: ['spread'],
      }),
  ],
  GAP,
);

/** A whole number within bounds. */
export function whole({ least, most = MOST }: { least: number; most?: number }) {
  const wanted = `a whole number from ${least} to ${most}`;
  return z.number(wanted).int(wanted).min(least, wanted).max(most, wanted);
}

/** A number within bounds. */
export function number(
  wanted: string,
  { least, above, most }: { least?: number; above?: number; most: number },
) {
  const bounded = z.number(wanted).max(most, wanted);
  if (above !== undefined) return bounded.gt(above, wanted);
  return bounded.min(least ?? 0, wanted);
}

/** A number that stays, or a pair of which it goes from one to the other. */
export function constantOrPair(wanted: string, each: z.ZodNumber) {
  return z.union([each, z.tuple([each, each])], `${wanted}, or a pair of them`);
}
