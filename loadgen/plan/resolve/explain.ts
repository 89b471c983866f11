/** What is wrong with a scenario, in sentences. */
import { inspect } from 'node:util';
import type { z } from 'zod';
import { suggest } from '../../../server/errors/index.ts';
import { isSecretName, REDACTED, redactData } from '../secrets/index.ts';
import { fieldsAt } from './schema/index.ts';

/** Longest piece of a wrong value that a message quotes. */
const QUOTED_LENGTH = 60;

/** Says what an issue of a schema means, given the value that was checked. */
export function explain(issue: z.core.$ZodIssue, value: unknown, schema: z.core.$ZodType): string[] {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    const known = fieldsAt(schema, issue.path);
    return issue.keys.map(
      (key) => `"${[...path, key].join('.')}" is no field of a scenario${suggest(key, known)}`,
    );
  }
  if (issue.code === 'invalid_union') {
    const inner = issuesInside(issue);
    if (inner.length > 0) return inner.flatMap((each) => explain(each, value, schema));
  }
  // What is wrong with a rule is a sentence of its own, which quotes the rule.
  if (issue.code === 'custom' && path.at(-1) === 'rules') return [issue.message];
  if (path.length === 0) return [`it is ${quote(value)}, wanted an object`];
  return [
    `"${path.join('.')}" is ${quoteAt(value, path)}, wanted ${issue.message.replace(/^Invalid input: expected (\w+).*$/, 'a value of type $1')}`,
  ];
}

/** Tells whether a value has fields. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** A value as a message has it: not too long, and `missing` for none. */
export function quote(value: unknown): string {
  if (value === undefined) return 'missing';
  const text = typeof value === 'string' ? JSON.stringify(value) : inspect(value, { breakLength: Infinity });
  return text.length > QUOTED_LENGTH ? `${text.slice(0, QUOTED_LENGTH)}…` : text;
}

/** What users bring along when they connect is quoted only as far as it is none of it: a number, or nothing at all. */
function quoteAt(value: unknown, path: readonly string[]): string {
  const found = valueAt(value, path);
  const isSecret = path[0] === 'connect' || path.some((name) => ['headers', 'body'].includes(name));
  const isTelling = typeof found === 'string' || isObject(found);
  if (isTelling && (isSecret || path.some(isSecretName))) return quote(REDACTED);
  return quote(redactData(found));
}

/** Of a value that may be of several kinds: what is wrong inside it as the kind it was meant to be. */
function issuesInside({ path, errors }: z.core.$ZodIssueInvalidUnion): z.core.$ZodIssue[] {
  const meant = errors.find((issues) =>
    issues.some((issue) => issue.path.length > 0 || issue.code === 'unrecognized_keys'),
  );
  return (meant ?? []).map((issue) => ({ ...issue, path: [...path, ...issue.path] }));
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, name) => (isObject(inner) ? inner[name] : undefined), value);
}
