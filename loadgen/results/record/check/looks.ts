/** What looks at lines of a record are made of. */
import { z } from 'zod';
import type { ProbedProcess } from '../probe.ts';

/** Any text. */
export const text = z.string();
/** Any number. */
export const number = z.number();
/** Yes or no. */
export const flag = z.boolean();
/** How many, by name. */
export const counts = z.record(text, number);
/** What may be absent. */
export const maybe = {
  text: text.exactOptional(),
  number: number.exactOptional(),
  flag: flag.exactOptional(),
};

/** What a process of the target does. */
export const role = z.enum(['master', 'balancer', 'worker', 'broker']) satisfies z.ZodType<
  ProbedProcess['role']
>;

/** A look at each of its keys, at those it may be without as well. */
export type Looks<T> = { [Key in keyof T]-?: z.ZodType<T[Key]> };
