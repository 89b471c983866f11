/** What a scenario may say, as zod schemas. Each message is the end of a sentence: what was wanted. */
import { z } from 'zod';
import { checkRules } from '../rules/index.ts';

/** Most of anything that is counted: users, channels, messages a second. */
const MOST = 10_000_000;

const TEXT = 'some text';

const text = z.string(TEXT).min(1, TEXT);
const share = number('a number from 0 to 1', { least: 0, most: 1 });
const seconds = number('seconds, more than 0', { above: 0, most: 7 * 24 * 3_600 });

const pingPong = z.strictObject({
  kind: z.literal('ping-pong'),
  event: text.default('ping'),
  reply: text.default('pong'),
  payload: z.json(),
  every: seconds,
  spread: share.default(0.5),
});

const channels = z
  .strictObject({
    kind: z.literal('channels'),
    channels: whole({ least: 1 }),
    subscriptions: whole({ least: 0 }),
    publishers: share,
    every: seconds,
    spread: share.default(0.5),
    payloadBytes: whole({ least: 0 }).default(64),
  })
  .refine((behaviour) => behaviour.subscriptions <= behaviour.channels, {
    error: 'no more than there are "channels"',
    path: ['subscriptions'],
  });

const target = z.strictObject({
  workers: whole({ least: 1 }),
  brokers: whole({ least: 1 }),
  balancers: whole({ least: 0 }).default(0),
  controller: text,
  options: z.record(z.string(), z.unknown(), 'an object').default({}),
});

/** A whole scenario, with every default filled in. */
export const scenarioSchema = z.strictObject({
  name: text,
  question: text,
  users: whole({ least: 1 }),
  ramp: number('users per second, more than 0', { above: 0, most: MOST }),
  duration: seconds,
  behaviour: z.discriminatedUnion('kind', [pingPong, channels], 'a behaviour of kind ping-pong or channels'),
  target,
  rules: z.array(text, 'a list of rules').superRefine((rules, context) => {
    for (const message of checkRules(rules)) context.addIssue({ code: 'custom', message });
  }),
  driver: z.literal('socketcluster', '"socketcluster"').default('socketcluster'),
  answerWithin: seconds.default(10),
  seed: whole({ least: 0, most: 0xffff_ffff }).default(1),
});

/** A number that a rate on the command line may be. */
export const rateSchema = number('messages per second, more than 0', { above: 0, most: MOST });

function whole({ least, most = MOST }: { least: number; most?: number }) {
  const wanted = `a whole number from ${least} to ${most}`;
  return z.number(wanted).int(wanted).min(least, wanted).max(most, wanted);
}

function number(wanted: string, { least, above, most }: { least?: number; above?: number; most: number }) {
  const bounded = z.number(wanted).max(most, wanted);
  if (above !== undefined) return bounded.gt(above, wanted);
  return bounded.min(least ?? 0, wanted);
}
