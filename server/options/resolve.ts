/** Raw values in, typed and frozen options out; every problem in one error. */
import { inspect } from 'node:util';
import type { z } from 'zod';
import { ClusterError, suggest } from '../errors/index.ts';
import { useNewNames } from './aliases.ts';
import { dropRetired } from './retired.ts';
import { findContradictions } from './rules/index.ts';
import { type Options, schema } from './schema.ts';
import { wantedBy } from './wanted.ts';

/** Options whose value must not stand in a message that ends up in a log. */
const secrets: ReadonlySet<string> = new Set([
  'authKey',
  'authPrivateKey',
  'cluster',
  'cluster.credentials',
  'cluster.servers',
  'cluster.tls',
  'protocolOptions',
  'secretKey',
]);

/** A table of options. */
type Shape = Readonly<Record<string, z.ZodType>>;

interface ResolveSettings {
  /** Gets a sentence for each option that is taken and has no effect. Default: nobody wants to know. */
  warn?: (sentence: string) => void;
  /** What is wrong with an option that is not in the table. Default: there is no such option. */
  refuse?: (name: string) => string;
}

/**
 * Checks and completes the options of a cluster.
 *
 * @throws ClusterError OPTION_INVALID naming every option that is wrong, its value and what is wanted.
 */
export function resolveOptions(raw: unknown, warn?: (sentence: string) => void): Options {
  return resolveWith(schema.shape, raw, warn === undefined ? {} : { warn });
}

/** The same with the options of another table. */
export function resolveWith<Table extends Shape>(
  table: Table,
  raw: unknown,
  { warn = ignore, refuse = (name) => refusalOf(name, Object.keys(table)) }: ResolveSettings = {},
): z.output<z.ZodObject<Table>> {
  const { options: named, problems, warnings } = dropRetired(useNewNames(recordOf(raw)));
  const right: Record<string, unknown> = {};
  for (const [name, field] of Object.entries<z.ZodType>(table)) {
    const result = field.safeParse(named[name]);
    const [issue] = result.error?.issues ?? [];
    if (issue !== undefined) {
      problems.push(explain(name, field, issue, named[name]));
    } else {
      right[name] = result.data;
    }
  }
  problems.push(
    ...Object.keys(named)
      .filter((name) => !Object.hasOwn(table, name))
      .map(refuse),
  );
  problems.push(...findContradictions(right));
  if (problems.length > 0) {
    throw new ClusterError(problems.join('\n'), { code: 'OPTION_INVALID' });
  }
  warnings.forEach(warn);
  const given = Object.entries(right).filter(([, value]) => value !== undefined);
  return Object.freeze(Object.fromEntries(given)) as z.output<z.ZodObject<Table>>;
}

/** Says that there is no option of a name, and which was most likely meant. */
export function refusalOf(name: string, known: readonly string[]): string {
  return `Cannot use option "${name}": there is no such option${suggest(name, known)}`;
}

function recordOf(raw: unknown): Record<string, unknown> {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    throw new ClusterError(
      `Cannot take options from ${inspect(raw, { depth: 0 })}: wanted is an object, such as { port: 8000 }`,
      { code: 'OPTION_INVALID' },
    );
  }
  return { ...raw };
}

function explain(
  name: string,
  field: z.ZodType | undefined,
  issue: z.core.$ZodIssue,
  value: unknown,
): string {
  if (value === undefined && field !== undefined) {
    return `Cannot start without option "${name}": ${lowerFirst(field.description ?? 'it has no default')}`;
  }
  const [part, ...parts] = issue.path;
  if (typeof part === 'string') {
    const inner = (value as Record<string, unknown>)[part];
    return explain(`${name}.${part}`, undefined, { ...issue, path: parts }, inner);
  }
  const current = secrets.has(name)
    ? 'hidden'
    : inspect(value, { depth: 2, breakLength: Number.POSITIVE_INFINITY });
  return `Cannot use option "${name}": current value is ${current}, wanted is ${wantedBy(issue, field)}`;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** Nobody wants to know. */
function ignore(): void {}
