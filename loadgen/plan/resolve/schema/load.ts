/** When users come and how fast they go, as zod schemas; and what the run is held against. */
import { z } from 'zod';
import { checkRules } from '../../rules/index.ts';
import { constantOrPair, flag, MOST, name, number, seconds, secondsFromZero, text, whole } from './values.ts';

const RATE = 'users per second, more than 0';
const PACE = 'a speed from 0 to 1000';

/** Fastest pace of a phase. */
const MOST_PACE = 1_000;

const stage = z.union(
  [
    z.strictObject({
      users: whole({ least: 1 }),
      rate: constantOrPair(RATE, number(RATE, { least: 0, most: MOST })).refine(
        (rate) => (typeof rate === 'number' ? rate : rate[0] + rate[1]) > 0,
        RATE,
      ),
    }),
    z.strictObject({ wait: seconds }),
  ],
  'a stage such as { users: 1000, rate: 50 } or { wait: 10 }',
);

/** Users per second, or stages. */
export const ramp = z.union(
  [number(RATE, { above: 0, most: MOST }), z.array(stage).min(1, 'at least one stage')],
  `${RATE}, or stages`,
);

const rule = z.union(
  [text, z.strictObject({ rule: text, abort: flag.default(false), grace: secondsFromZero.default(0) })],
  'a rule such as "users.failed == 0"',
);

/** Expressions over the figures of the run or of one phase, bare or with what they do to the run. */
export function rulesOf(of: 'run' | 'phase') {
  return z.array(rule, 'a list of rules').superRefine((specs, context) => {
    const texts = specs.map((spec) => (typeof spec === 'string' ? spec : spec.rule));
    for (const message of checkRules(texts, of)) context.addIssue({ code: 'custom', message });
  });
}

/** The parts of the run after all users have settled. */
export const phases = z
  .array(
    z.strictObject({
      name,
      duration: whole({ least: 1, most: 7 * 24 * 3_600 }),
      pace: constantOrPair(PACE, number(PACE, { least: 0, most: MOST_PACE })).default(1),
      measured: flag.default(true),
      rules: rulesOf('phase').default([]),
    }),
    'a list of phases',
  )
  .min(1, 'at least one phase');
