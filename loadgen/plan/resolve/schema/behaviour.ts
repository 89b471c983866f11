/** What users can be told to do, as zod schemas. */
import { z } from 'zod';
import { gap, number, seconds, share, text, whole } from './values.ts';

const turns = { every: gap, spread: share.optional() };

const answeredTurns = { ...turns, model: z.enum(['open', 'closed'], '"open" or "closed"').default('open') };

const pingPong = z.strictObject({
  kind: z.literal('ping-pong'),
  event: text.default('ping'),
  reply: text.default('pong'),
  payload: z.json(),
  ...answeredTurns,
});

const calls = z.strictObject({
  kind: z.literal('calls'),
  event: text.default('call'),
  payload: z.json(),
  ...answeredTurns,
});

const popularity = z.union(
  [
    z.literal('even'),
    z.strictObject({ zipf: number('a number above 0, at most 10', { above: 0, most: 10 }) }),
  ],
  '"even" or an exponent such as { zipf: 1 }',
);

const channels = z
  .strictObject({
    kind: z.literal('channels'),
    channels: whole({ least: 1 }),
    channelsOf: z.string('the name of a group').default(''),
    subscriptions: whole({ least: 0 }),
    popularity: popularity.default('even'),
    subscribers: share.default(1),
    publishers: share,
    publishTo: z.enum(['own', 'any'], '"own" or "any"').default('own'),
    payloadBytes: whole({ least: 0 }).default(64),
    ...turns,
  })
  .refine((behaviour) => behaviour.subscriptions <= behaviour.channels, {
    error: 'no more than there are "channels"',
    path: ['subscriptions'],
  });

const idle = z.strictObject({ kind: z.literal('idle') });

const messages = z.strictObject({
  kind: z.literal('messages'),
  message: text,
  correlate: text.default(''),
  ...answeredTurns,
});

const custom = z.strictObject({
  kind: z.literal('custom'),
  file: text,
  options: z.json().default(null),
});

/** One behaviour. */
export const behaviour = z
  .discriminatedUnion(
    'kind',
    [pingPong, calls, channels, idle, messages, custom],
    'a behaviour of kind ping-pong, calls, channels, idle, messages or custom',
  )
  .refine(
    (checked) => !('every' in checked) || typeof checked.every === 'number' || checked.spread === undefined,
    {
      error: 'none beside an "every" that is a gap: it has a spread of its own',
      path: ['spread'],
    },
  );

const backOff = z.strictObject({
  initial: number('seconds, 0 or more', { least: 0, most: 3_600 }).default(10),
  randomness: number('seconds, 0 or more', { least: 0, most: 3_600 }).default(10),
  multiplier: number('a number from 1 to 100', { least: 1, most: 100 }).default(1.5),
  most: seconds.default(60),
});

/** How a user comes and goes, field by field. */
export const habits = {
  stays: gap.optional(),
  returns: gap.optional(),
  reconnects: z.union([z.boolean(), backOff], 'true, false or the waits of a back-off').default(false),
  stalls: z.strictObject({ every: gap, for: gap }).optional(),
};
