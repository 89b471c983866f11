/**
 * Rules: what a scenario demands of its summary, as text. `path op number` or `path op number * path`, several joined
 * by `and`; each part is held and reported by itself.
 */
import { ClusterError } from '../../../server/errors/index.ts';
import { inPhase, type Operator, parseRule, type Rule, splitRule } from './parse.ts';

/** The outcome of one rule. */
export interface Outcome {
  /** The rule, or the part of it between two `and`. */
  rule: string;
  /** The value it was held against; null when the run has no such figure. */
  value: number | null;
  ok: boolean;
}

/** One rule of a plan: a single demand of the run's summary. */
export interface PlannedRule {
  rule: string;
  /** Whether a run that breaks it ends at once. */
  abort: boolean;
  /** Seconds since the common start from which on it may do so. */
  from: number;
}

/** What a figure is to be. */
type Demand = Pick<Rule, 'operator' | 'bound'>;

/** A rule as a scenario has it, with its defaults. */
interface CheckedRule {
  rule: string;
  abort: boolean;
  grace: number;
}

/** A path into a phase, at the beginning of a rule or further on in it. */
const PHASE = /(?<![\w.*()/-])phases\.([^\s.]+)\./g;

/**
 * Says in sentences what is wrong with rules. Empty: nothing.
 * @param of - whether they are over the figures of the run or over those of one phase.
 */
export function checkRules(rules: readonly string[], of: 'run' | 'phase' = 'run'): string[] {
  return rules.flatMap(splitRule).flatMap((text) => {
    const rule = parseRule(text, of === 'run' ? undefined : '*');
    return typeof rule === 'string' ? [rule] : [];
  });
}

/** Cuts rules into single demands of the summary. `begins` is when the first second they look at does. */
export function planRules(
  rules: readonly (string | CheckedRule)[],
  { begins, phase }: { begins: number; phase?: string },
): PlannedRule[] {
  return rules.flatMap((spec) => {
    const { rule, abort, grace } = typeof spec === 'string' ? { rule: spec, abort: false, grace: 0 } : spec;
    return splitRule(rule).map((part) => ({
      rule: phase === undefined ? part : inPhase(part, phase),
      abort,
      from: begins + grace,
    }));
  });
}

/** Names of the phases that rules speak of. */
export function phasesIn(rules: readonly string[]): string[] {
  return rules.flatMap((rule) =>
    [...rule.matchAll(PHASE)].flatMap(([, name]) => (name === undefined || name === '*' ? [] : [name])),
  );
}

/**
 * Holds rules against a summary, in their order. `workers.*.response.p99 < 50` is held against the worst
 * worker; a figure this run lacks, for one member or for all, is null and does not pass.
 * @throws ClusterError `OPTION_INVALID` for a rule that `checkRules` would complain about.
 */
export function evaluateRules(rules: readonly Pick<PlannedRule, 'rule'>[], summary: object): Outcome[] {
  return rules
    .flatMap(({ rule }) => splitRule(rule))
    .map((text) => {
      const rule = parseRule(text);
      if (typeof rule === 'string') throw new ClusterError(rule, { code: 'OPTION_INVALID' });
      return { rule: text, ...hold(rule, summary) };
    });
}

function hold(rule: Rule, summary: object): Omit<Outcome, 'rule'> {
  const bound = boundOf(rule, summary);
  if (bound === null) return { value: null, ok: false };
  const demand = { operator: rule.operator, bound };
  const value = worst(demand, valuesAt(summary, rule.path.split('.'), rule.figure.isCount));
  return { value, ok: value !== null && holds(demand, value) };
}

/** What a figure is held against; null when it is so many times a figure this run lacks. */
function boundOf({ bound, times }: Rule, summary: object): number | null {
  if (times === undefined) return bound;
  const [figure = null] = valuesAt(summary, times.path.split('.'), times.figure.isCount);
  return figure === null ? null : bound * figure;
}

/** All values a path leads to: one, one for each member of a list, or none. Null for a figure that is lacking. */
function valuesAt(value: unknown, [name, ...rest]: string[], isCount: boolean): (number | null)[] {
  if (value === null || value === undefined) return [null];
  if (name === undefined) return [typeof value === 'number' ? value : sumOf(value)];
  if (Array.isArray(value)) {
    const members =
      name === '*' ? value : value.filter((member: { id: unknown }) => String(member.id) === name);
    return members.flatMap((member) => valuesAt(member, rest, isCount));
  }
  const field: unknown = Object.entries(value).find(([key]) => key === name)?.[1];
  // A cause that never came up: counts hold only what happened.
  if (field === undefined && rest.length === 0 && isCount) return [0];
  return valuesAt(field, rest, isCount);
}
function sumOf(counts: object): number | null {
  const values: unknown[] = Object.values(counts);
  return values.reduce<number | null>(
    (sum, count) => (sum === null || typeof count !== 'number' ? null : sum + count),
    0,
  );
}

function worst({ operator, bound }: Demand, values: readonly (number | null)[]): number | null {
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

function holds({ operator, bound }: Demand, value: number): boolean {
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
