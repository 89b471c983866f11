/** Scenario and command line → plan. Everything that is wrong is said at once, before anything starts. */
import { inspect } from 'node:util';
import type { z } from 'zod';
import { ClusterError } from '../../../server/errors/index.ts';
import type { Plan } from '../plan.ts';
import type { TargetSpec } from '../scenario.ts';
import { deliveriesPerSecond, messagesPerSecond } from '../topology.ts';
import { rateSchema, scenarioSchema } from './schema.ts';

/** Between the last arrival and the first measured second: time for the last handshakes. */
const SETTLE_SECONDS = 5;

/** Longest piece of a wrong value that a message quotes. */
const QUOTED_LENGTH = 60;

/** What the command line may change. Units as in a scenario. */
export interface Overrides {
  users?: number | undefined;
  /** Users that arrive per second. */
  ramp?: number | undefined;
  /** Length of the steady phase, seconds. */
  duration?: number | undefined;
  /** Messages per second and user; replaces the scenario's `every`. */
  rate?: number | undefined;
  workers?: number | undefined;
  brokers?: number | undefined;
  balancers?: number | undefined;
  seed?: number | undefined;
}

/** A scenario ready to run. */
export interface Resolved {
  plan: Plan;
  /** The question it answers, one line. */
  question: string;
  target: Required<TargetSpec>;
  rules: string[];
  driver: 'socketcluster';
  /** Sends of all users together in the steady phase. */
  messagesPerSecond: number;
  /** Deliveries to subscribers in the steady phase, if none is lost. */
  deliveriesPerSecond: number;
}

/**
 * Resolves a scenario, from a module or a JSON file, with the command line's changes.
 * @throws ClusterError `OPTION_INVALID` with all problems in one message.
 */
export function resolvePlan(scenario: unknown, overrides: Overrides = {}): Resolved {
  const { value, problems } = applyOverrides(scenario, overrides);
  const checked = scenarioSchema.safeParse(value);
  if (!checked.success) problems.push(...checked.error.issues.flatMap((issue) => explain(issue, value)));
  if (!checked.success || problems.length > 0) {
    const name = isObject(value) && typeof value['name'] === 'string' ? value['name'] : '';
    throw new ClusterError(`Cannot run scenario "${name}": ${problems.join('; ')}`, {
      code: 'OPTION_INVALID',
    });
  }
  const { name, question, users, ramp, duration, behaviour, answerWithin, seed, target, rules, driver } =
    checked.data;
  const phases = phasesOf({ users, ramp, duration, answerWithin });
  const plan: Plan = { scenario: name, seed, users, ramp, behaviour, phases, answerWithin };
  const rates = {
    messagesPerSecond: messagesPerSecond(plan),
    deliveriesPerSecond: deliveriesPerSecond(plan),
  };
  return { plan, question, target, rules, driver, ...rates };
}

/** Phases begin and end on whole seconds, so that every window belongs to one of them. */
function phasesOf(length: {
  users: number;
  ramp: number;
  duration: number;
  answerWithin: number;
}): Plan['phases'] {
  const settle = Math.ceil(length.users / length.ramp);
  const steady = settle + SETTLE_SECONDS;
  const drain = steady + Math.ceil(length.duration);
  return [
    { name: 'ramp', start: 0, end: settle },
    { name: 'settle', start: settle, end: steady },
    { name: 'steady', start: steady, end: drain },
    { name: 'drain', start: drain, end: drain + Math.ceil(length.answerWithin) },
  ];
}

/** Lays the changes over the scenario as it is, so that both are checked together. */
function applyOverrides(scenario: unknown, overrides: Overrides): { value: unknown; problems: string[] } {
  if (!isObject(scenario)) return { value: scenario, problems: [] };
  const { rate, workers, brokers, balancers, ...own } = overrides;
  const rateIsWrong = rate !== undefined && !rateSchema.safeParse(rate).success;
  const every = rate === undefined || rateIsWrong ? undefined : 1 / rate;
  const value = {
    ...layOver(scenario, own),
    behaviour: layOver(scenario['behaviour'], { every }),
    target: layOver(scenario['target'], { workers, brokers, balancers }),
  };
  return {
    value,
    problems: rateIsWrong ? [`"rate" is ${rate}, wanted messages per second, more than 0`] : [],
  };
}

function layOver<Under>(under: Under, over: Record<string, unknown>): Under {
  if (!isObject(under)) return under;
  return { ...under, ...Object.fromEntries(Object.entries(over).filter(([, value]) => value !== undefined)) };
}

function explain(issue: z.core.$ZodIssue, value: unknown): string[] {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => `"${[...path, key].join('.')}" is no field of a scenario`);
  }
  // What is wrong with a rule is a sentence of its own, which quotes the rule.
  if (issue.code === 'custom' && path[0] === 'rules') return [issue.message];
  if (path.length === 0) return [`it is ${quote(value)}, wanted an object`];
  return [
    `"${path.join('.')}" is ${quote(valueAt(value, path))}, wanted ${issue.message.replace(/^Invalid input: expected (\w+).*$/, 'a value of type $1')}`,
  ];
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, name) => (isObject(inner) ? inner[name] : undefined), value);
}

function quote(value: unknown): string {
  if (value === undefined) return 'missing';
  const text = typeof value === 'string' ? JSON.stringify(value) : inspect(value, { breakLength: Infinity });
  return text.length > QUOTED_LENGTH ? `${text.slice(0, QUOTED_LENGTH)}…` : text;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
