/** Raw values in, typed and frozen options out; every problem in one error. */
import { ClusterError } from '../errors/index.ts';
import { type Options, schema } from './schema.ts';

/** Older names of options, still understood. */
const aliases: Readonly<Record<string, string>> = { stores: 'brokers', storeController: 'brokerController' };

/**
 * Checks and completes options.
 *
 * @throws ClusterError OPTION_INVALID naming every option that is wrong, its value and what is wanted.
 */
export function resolveOptions(raw: Record<string, unknown>): Options {
  const named = Object.fromEntries(
    Object.entries(raw).map(([name, value]) => [aliases[name] ?? name, value]),
  );
  const result = schema.safeParse(named);
  const problems = result.success
    ? contradictions(result.data)
    : result.error.issues.flatMap((issue) => explain(issue, named));
  if (problems.length > 0 || !result.success) {
    throw new ClusterError(problems.join('\n'), { code: 'OPTION_INVALID' });
  }
  return Object.freeze(result.data);
}

type Issue = NonNullable<ReturnType<typeof schema.safeParse>['error']>['issues'][number];

function explain(issue: Issue, raw: Record<string, unknown>): string[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map(
      (name) => `Cannot use option "${name}": there is no such option${suggestion(name)}`,
    );
  }
  const name = String(issue.path[0] ?? '');
  const value = raw[name];
  if (value === undefined) {
    return [`Cannot start without option "${name}": ${described(name)}`];
  }
  if (name === 'balancers') {
    return [
      `Cannot start balancers: current value is ${JSON.stringify(value)}, wanted is 0, as this version has none`,
    ];
  }
  return [
    `Cannot use option "${name}": current value is ${JSON.stringify(value)}, wanted is ${lowerFirst(issue.message)}`,
  ];
}

/** Pairs of options that exclude each other. */
function contradictions(options: Options): string[] {
  const problems: string[] = [];
  if (options.pingTimeout <= options.pingInterval) {
    problems.push(
      `Cannot use option "pingTimeout": current value is ${options.pingTimeout}, wanted is more than pingInterval, ${options.pingInterval}`,
    );
  }
  if (options.outboundHardLimit < options.outboundSoftLimit) {
    problems.push(
      `Cannot use option "outboundHardLimit": current value is ${options.outboundHardLimit}, wanted is at least outboundSoftLimit, ${options.outboundSoftLimit}`,
    );
  }
  if ((options.authPrivateKey === undefined) !== (options.authPublicKey === undefined)) {
    problems.push(
      'Cannot use a key pair by half: authPrivateKey and authPublicKey are given together or not at all',
    );
  }
  return problems;
}

function described(name: string): string {
  const field = Object.entries(schema.shape).find(([key]) => key === name)?.[1];
  return lowerFirst(field?.description ?? 'it has no default');
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** The option a typo most likely meant: the one with the fewest changed letters, if those are few. */
function suggestion(name: string): string {
  const ranked = Object.keys(schema.shape)
    .map((known) => ({ known, distance: editDistance(name.toLowerCase(), known.toLowerCase()) }))
    .toSorted((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best !== undefined && best.distance <= 3 ? `; did you mean "${best.known}"?` : '';
}

/** Levenshtein's distance: letters to insert, delete or replace. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
