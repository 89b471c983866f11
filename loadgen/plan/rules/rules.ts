/**
 * Rules: what a scenario demands of its summary, as text. `path op number`, several joined by `and`; each
 * part is held and reported by itself.
 */
import { ClusterError, nearest } from '../../../server/errors/index.ts';
import { exists, PATHS } from './paths.ts';

/** The outcome of one rule. */
export interface Outcome {
  /** The rule, or the part of it between two `and`. */
  rule: string;
  /** The value it was held against; null when the run has no such figure. */
  value: number | null;
  ok: boolean;
}

type Operator = '<' | '<=' | '>' | '>=' | '==' | '!=';

interface Rule {
  path: string;
  operator: Operator;
  bound: number;
}

const RULE = /^(?<path>[\w.*-]+)\s*(?<operator><=|>=|==|!=|<|>)\s*(?<bound>-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)$/i;

/** Says in sentences what is wrong with rules. Empty: nothing. */
export function checkRules(rules: readonly string[]): string[] {
  return rules.flatMap(splitRule).flatMap((text) => {
    const rule = parse(text);
    return typeof rule === 'string' ? [rule] : [];
  });
}

/**
 * Holds rules against a summary, in their order. `workers.*.response.p99 < 50` is held against the worst
 * worker; a figure this run lacks, for one member or for all, is null and does not pass.
 * @throws ClusterError `OPTION_INVALID` for a rule that `checkRules` would complain about.
 */
export function evaluateRules(rules: readonly string[], summary: object): Outcome[] {
  return rules.flatMap(splitRule).map((text) => {
    const rule = parse(text);
    if (typeof rule === 'string') throw new ClusterError(rule, { code: 'OPTION_INVALID' });
    const value = worst(rule, valuesAt(summary, rule.path.split('.')));
    return { rule: text, value, ok: value !== null && holds(rule, value) };
  });
}

function splitRule(rule: string): string[] {
  return rule.split(/\sand\s/).map((part) => part.trim());
}

/** Reads one part of a rule, or says in a sentence why it cannot. */
function parse(text: string): Rule | string {
  const { path, operator, bound } = RULE.exec(text)?.groups ?? {};
  if (path === undefined) return `Cannot read rule "${text}": wanted for example "users.failed == 0"`;
  if (!exists(path)) {
    return `Cannot hold rule "${text}": there is no figure "${path}", the nearest is "${nearest(path, PATHS)}"`;
  }
  return { path, operator: operator as Operator, bound: Number(bound) };
}

/** All values a path leads to: one, one for each member of a list, or none. Null for a figure that is lacking. */
function valuesAt(value: unknown, [name, ...rest]: string[]): (number | null)[] {
  if (value === null || value === undefined) return [null];
  if (name === undefined) return [typeof value === 'number' ? value : sumOf(value)];
  if (Array.isArray(value)) {
    const members =
      name === '*' ? value : value.filter((member: { id: unknown }) => String(member.id) === name);
    return members.flatMap((member) => valuesAt(member, rest));
  }
  const field: unknown = Object.entries(value).find(([key]) => key === name)?.[1];
  // A cause that never came up: counts hold only what happened.
  if (field === undefined && rest.length === 0 && isCounts(value)) return [0];
  return valuesAt(field, rest);
}

function isCounts(value: object): boolean {
  return Object.values(value).every((count) => typeof count === 'number');
}

function sumOf(counts: object): number | null {
  const values: unknown[] = Object.values(counts);
  return values.reduce<number | null>(
    (sum, count) => (sum === null || typeof count !== 'number' ? null : sum + count),
    0,
  );
}

function worst({ operator, bound }: Rule, values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  // The member whose figure is lacking may be the worst.
  if (known.length === 0 || known.length < values.length) return null;
  const [first = 0] = known;
  return known.reduce(
    (worse, value) => (badness(operator, value - bound) > badness(operator, worse - bound) ? value : worse),
    first,
  );
}

/** Greater is worse; `excess` is how far a value lies above the bound. */
function badness(operator: Operator, excess: number): number {
  switch (operator) {
    case '<':
    case '<=':
      return excess;
    case '>':
    case '>=':
      return -excess;
    case '==':
      return Math.abs(excess);
    case '!=':
      return -Math.abs(excess);
  }
}

function holds({ operator, bound }: Rule, value: number): boolean {
  switch (operator) {
    case '<':
      return value < bound;
    case '<=':
      return value <= bound;
    case '>':
      return value > bound;
    case '>=':
      return value >= bound;
    case '==':
      return value === bound;
    case '!=':
      return value !== bound;
  }
}
