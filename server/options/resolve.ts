/** Raw values in, typed and frozen options out; every problem in one error. */
import { inspect } from 'node:util';
import { ClusterError, suggest } from '../errors/index.ts';
import { useNewNames } from './aliases.ts';
import { findKeyPairProblem } from './key-pair.ts';
import { dropRetired } from './retired.ts';
import { type Options, schema } from './schema.ts';
import { findTlsProblem } from './tls/index.ts';

/** Options whose value must not stand in a message that ends up in a log. */
const secrets: ReadonlySet<string> = new Set(['authKey', 'authPrivateKey', 'protocolOptions', 'secretKey']);

/**
 * Checks and completes options.
 *
 * @param warn Gets a sentence for each option that is taken and has no effect.
 * @throws ClusterError OPTION_INVALID naming every option that is wrong, its value and what is wanted.
 */
export function resolveOptions(
  raw: Record<string, unknown>,
  warn: (sentence: string) => void = ignore,
): Options {
  const { options: named, problems, warnings } = dropRetired(useNewNames(raw));
  const result = schema.safeParse(named);
  problems.push(
    ...(result.success
      ? contradictions(result.data)
      : result.error.issues.filter(isFirstOfItsOption).flatMap((issue) => explain(issue, named))),
  );
  if (problems.length > 0 || !result.success) {
    throw new ClusterError(problems.join('\n'), { code: 'OPTION_INVALID' });
  }
  warnings.forEach(warn);
  return Object.freeze(result.data);
}

type Issue = NonNullable<ReturnType<typeof schema.safeParse>['error']>['issues'][number];

/** A value of a wrong type can fail further checks that make no sense then. */
function isFirstOfItsOption({ path }: Issue, index: number, issues: Issue[]): boolean {
  return issues.findIndex((other) => other.path[0] === path[0]) === index;
}

function explain(issue: Issue, raw: Record<string, unknown>): string[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map(
      (name) =>
        `Cannot use option "${name}": there is no such option${suggest(name, Object.keys(schema.shape))}`,
    );
  }
  const name = String(issue.path[0] ?? '');
  const value = raw[name];
  if (value === undefined) {
    return [`Cannot start without option "${name}": ${described(name)}`];
  }
  const current = secrets.has(name)
    ? 'hidden'
    : inspect(value, { depth: 2, breakLength: Number.POSITIVE_INFINITY });
  return [`Cannot use option "${name}": current value is ${current}, wanted is ${wantedBy(issue)}`];
}

/** What an issue wants; for a choice of several forms, what each of them wants. */
function wantedBy(issue: Issue): string {
  if (issue.code === 'invalid_union') {
    const firsts = issue.errors.flatMap((form) => form.slice(0, 1));
    return firsts.map((first) => `${first.path.length > 0 ? 'list of ' : ''}${wantedBy(first)}`).join(' or ');
  }
  // "Too small: expected number to be >=1", "Invalid input: expected string, received number"
  return issue.message
    .replace(/^[^:]*: (expected )?/, '')
    .replace(/, received .*$/, '')
    .replace(' to be ', ' ')
    .replace(/^must /, 'text that must ')
    .replace(/^int$/, 'whole number');
}

/** Pairs of options that exclude each other. */
function contradictions(options: Options): string[] {
  const problems: string[] = [];
  // A client counts from ping to ping: one that is late by less than that must not end it.
  const least = options.pingInterval * 1.25;
  if (!options.pingTimeoutDisabled && options.pingTimeout < least) {
    problems.push(
      `Cannot use option "pingTimeout": current value is ${options.pingTimeout}, wanted is at least ${least}, a quarter more than pingInterval`,
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
  const isSecret = options.authAlgorithm?.startsWith('HS') ?? options.authPrivateKey === undefined;
  if (isSecret !== (options.authPrivateKey === undefined)) {
    problems.push(
      `Cannot use option "authAlgorithm": current value is "${options.authAlgorithm}", wanted is one of ${isSecret ? 'RS, ES or PS with' : 'HS without'} a key pair`,
    );
  }
  const keyProblem = findKeyPairProblem(options);
  if (isSecret === (options.authPrivateKey === undefined) && keyProblem !== undefined) {
    problems.push(keyProblem);
  }
  const foreign = options.authVerifyAlgorithms?.find((name) => name.startsWith('HS') !== isSecret);
  if (foreign !== undefined) {
    problems.push(
      `Cannot use option "authVerifyAlgorithms": it names "${foreign}", which does not go with the keys that sign`,
    );
  }
  if (options.balancerController !== undefined && options.balancers === 0) {
    problems.push('Cannot use option "balancerController": balancers are 0, wanted is one at least');
  }
  const tlsProblem = options.protocol === 'https' ? findTlsProblem(options.protocolOptions) : undefined;
  if (tlsProblem !== undefined) {
    problems.push(`Cannot use option "protocolOptions": ${tlsProblem}`);
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

/** Nobody wants to know. */
function ignore(): void {}
