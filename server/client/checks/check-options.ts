/** Finds what is wrong with a set of options, in sentences. Knows no option by name. */

import { suggest } from '../../errors/index.ts';

/** A value that is wanted, in words and as a test. */
export type Check = readonly [wanted: string, isFine: (value: unknown) => boolean];

/** Longest time a timer takes, ms; all platforms overflow beyond. */
const LONGEST_TIMER = 2 ** 31 - 1;

export const text: Check = ['text', (value) => typeof value === 'string'];
export const flag: Check = ['true or false', (value) => typeof value === 'boolean'];
export const milliseconds: Check = [
  `milliseconds from 0 to ${LONGEST_TIMER}`,
  (value) => isWithin(value, 0, LONGEST_TIMER),
];

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

export function isWithin(value: unknown, least: number, most: number): boolean {
  return typeof value === 'number' && value >= least && value <= most;
}

export function hasFunctions(value: unknown, names: string[]): boolean {
  return isObject(value) && names.every((name) => typeof Reflect.get(value, name) === 'function');
}

/** What options may be called. */
export interface KnownOptions {
  known: Readonly<Record<string, Check>>;
  /** Names that had a meaning once, and what to do instead. */
  retired?: Readonly<Record<string, string>>;
  /** Precedes each name in the sentences. */
  prefix?: string;
}

/** Returns one sentence for each option that is unknown or has a value it cannot have. */
export function findProblems(options: object, { known, retired = {}, prefix = '' }: KnownOptions): string[] {
  return Object.entries(options).flatMap(([name, value]) => {
    const subject = `Cannot use option "${prefix}${name}"`;
    const check = Object.hasOwn(known, name) ? known[name] : undefined;
    if (check === undefined) {
      const instead = Object.hasOwn(retired, name)
        ? retired[name]
        : `there is no such option${suggest(name, Object.keys(known))}`;
      return [`${subject}: ${instead}`];
    }
    const [wanted, isFine] = check;
    return isFine(value) ? [] : [`${subject}: current value is ${describe(value)}, wanted is ${wanted}`];
  });
}

/** Names a value in a sentence. */
export function describe(value: unknown): string {
  if (typeof value === 'string') {
    return JSON.stringify(value);
  }
  return typeof value === 'function' || isObject(value) ? `of type ${typeof value}` : String(value);
}
