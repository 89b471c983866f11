/** What a scenario may say, as zod schemas. How its parts fit together is looked at afterwards. */
import { z } from 'zod';
import { behaviour, habits } from './behaviour.ts';
import { phases, ramp, rulesOf } from './load.ts';
import { MOST, name, number, seconds, secondsFromZero, text, whole } from './values.ts';

/** Most groups: each user remembers its own in one byte. */
const MOST_GROUPS = 100;

const texts = z.record(z.string(), z.string('some text'), 'an object of texts');

const target = z.strictObject({
  workers: whole({ least: 1 }),
  brokers: whole({ least: 1 }),
  balancers: whole({ least: 0 }).default(0),
  hosts: whole({ least: 1, most: 16 }).default(1),
  controller: text,
  options: z.record(z.string(), z.unknown(), 'an object').default({}),
});

const connect = z.strictObject({
  query: texts.optional(),
  headers: texts.optional(),
  tokens: z
    .strictObject({
      key: text,
      claims: z.record(z.string(), z.json(), 'an object').optional(),
      distinct: whole({ least: 1 }).optional(),
    })
    .optional(),
  login: z.strictObject({ event: text, data: z.json().optional() }).optional(),
});

const fault = z.strictObject({
  at: secondsFromZero,
  do: z.enum(['kill', 'stop', 'roll', 'drain'], '"kill", "stop", "roll" or "drain"'),
  role: z.enum(['worker', 'broker', 'balancer'], '"worker", "broker" or "balancer"').default('worker'),
  id: whole({ least: 0 }).optional(),
  for: seconds.optional(),
});

const http = z.strictObject({
  path: z.string('a path that begins with "/"').startsWith('/', 'a path that begins with "/"').default('/'),
  rate: whole({ least: 1, most: MOST }),
  connections: whole({ least: 1, most: 10_000 }).default(10),
  method: z.enum(['GET', 'POST', 'PUT', 'DELETE'], 'GET, POST, PUT or DELETE').default('GET'),
  headers: texts.default({}),
  body: z.string('some text').default(''),
});

/** A length that all phases together may have. */
export const durationSchema = seconds;

/** A number that a rate on the command line may be. */
export const rateSchema = number('messages per second, more than 0', { above: 0, most: MOST });

/** A whole scenario, with every default filled in that does not hang on another field. */
export const scenarioSchema = z.strictObject({
  name: text,
  question: text,
  users: whole({ least: 1 }),
  ramp,
  arrivals: z.enum(['even', 'poisson'], '"even" or "poisson"').default('even'),
  settle: secondsFromZero.default(5),
  duration: seconds.optional(),
  phases: phases.optional(),
  behaviour: behaviour.optional(),
  groups: z
    .array(
      z.strictObject({
        name,
        weight: number('a weight, more than 0', { above: 0, most: MOST }),
        behaviour,
        ...habits,
      }),
      'a list of groups',
    )
    .min(1, 'at least one group')
    .max(MOST_GROUPS, `at most ${MOST_GROUPS} groups`)
    .optional(),
  ...habits,
  http: http.optional(),
  target,
  connect: connect.default({}),
  faults: z.array(fault, 'a list of faults').default([]),
  rules: rulesOf('run'),
  driver: z
    .enum(
      ['socketcluster', 'socketcluster-client', 'websocket'],
      '"socketcluster", "socketcluster-client" or "websocket"',
    )
    .default('socketcluster'),
  protocolVersion: z.union([z.literal(1), z.literal(2), z.literal('auto')], '1, 2 or "auto"').default('auto'),
  answerWithin: seconds.default(10),
  seed: whole({ least: 0, most: 0xffff_ffff }).default(1),
});

/** A scenario whose fields are right one by one. */
export type CheckedScenario = z.output<typeof scenarioSchema>;
