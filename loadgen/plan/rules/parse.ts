/** From the text of a rule to what it demands. */
import { nearest } from '../../../server/errors/index.ts';
import { type Figure, figureAt, type Measure, PATHS } from './paths.ts';

/** How a figure and its bound compare. */
export type Operator = '<' | '<=' | '>' | '>=' | '==' | '!=';

/** A figure and the way to it. */
interface NamedFigure {
  /** With `*` for every member of a list. */
  path: string;
  figure: Figure;
}

/** One demand. */
export interface Rule extends NamedFigure {
  operator: Operator;
  /** In what the figure counts in, or how many times another figure. */
  bound: number;
  /** That other figure, of which there is one. Absent: the bound stands by itself. */
  times?: NamedFigure;
}

const RULE =
  /^(?<path>[\w.*()/-]+)\s*(?<operator><=|>=|==|!=|<|>)\s*(?<bound>-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)\s*(?<unit>[a-zA-Zµ%]+)?(?:\s+\*\s+(?<times>[\w.*()/-]+))?$/;

/** Between a bound and the figure it is times of. Those in paths have no space beside them. */
const TIMES = /\s+\*\s+/;

/** Percentiles as k6 writes them, by the share that lies below. */
const PERCENTILES: Record<string, string> = { '50': 'p50', '90': 'p90', '99': 'p99', '99.9': 'p999' };

/** Other names for the same, as k6 has them. */
const SYNONYMS: Record<string, string> = { med: 'p50', avg: 'mean' };

/** Units that a bound may have, by what the figure counts in: how much of that one of them is. */
const UNITS: Record<Measure, Record<string, number>> = {
  number: {},
  microseconds: { us: 1, µs: 1, ms: 1_000 },
  milliseconds: { us: 0.001, µs: 0.001, ms: 1, s: 1_000 },
  seconds: { ms: 0.001, s: 1, m: 60, h: 3_600 },
  share: { '%': 0.01 },
  percent: { '%': 1 },
  bytes: { B: 1, KB: 1_000 },
  megabytes: { MB: 1, GB: 1_000 },
  gigabytes: { MB: 0.001, GB: 1 },
};

/** Parts of a rule that is joined by `and`. Each is held by itself. */
export function splitRule(rule: string): string[] {
  return rule.split(/\sand\s/).map((part) => part.trim());
}

/** The same rule over the figures of a phase: what it says of a run it then says of that phase. */
export function inPhase(rule: string, phase: string): string {
  return `${prefixOf(phase)}${rule.replace(TIMES, ` * ${prefixOf(phase)}`)}`;
}

/**
 * Reads one part of a rule, or says in a sentence why it cannot.
 * @param phase - whose figures it is over; by default it is over those of the run.
 */
export function parseRule(text: string, phase?: string): Rule | string {
  const { path, operator, bound, unit, times } = RULE.exec(text)?.groups ?? {};
  if (path === undefined) return `Cannot read rule "${text}": wanted for example "users.failed == 0"`;
  const named = findFigure(path, phase);
  if (typeof named === 'string') return `Cannot hold rule "${text}": ${named}`;
  const other = times === undefined ? undefined : findOther(times, named, phase);
  if (typeof other === 'string') return `Cannot hold rule "${text}": ${other}`;
  const units = UNITS[other === undefined ? named.figure.measure : 'share'];
  const factor = factorOf(unit, units);
  if (factor === undefined) {
    const known = Object.keys(units);
    const wanted = known.length === 0 ? 'no unit' : `one of ${known.join(', ')}`;
    return `Cannot hold rule "${text}": "${path}" does not count in "${unit}", wanted ${wanted}`;
  }
  const scale = other === undefined ? {} : { times: other };
  return { ...named, operator: operator as Operator, bound: Number(bound) * factor, ...scale };
}

/** Finds the figure behind a path as it is written, or says why there is none. */
function findFigure(written: string, phase: string | undefined): NamedFigure | string {
  const prefix = phase === undefined ? '' : prefixOf(phase);
  const path = prefix + plainPath(written);
  const figure = figureAt(path);
  if (figure !== undefined) return { path, figure };
  return `there is no figure "${written}", the nearest is "${nearest(path, PATHS)?.replace(prefix, '')}"`;
}

/** Finds the one figure that the bound of a figure is times of. */
function findOther(written: string, of: NamedFigure, phase: string | undefined): NamedFigure | string {
  if (written.includes('*')) return `"${written}" stands for several figures, wanted one`;
  const other = findFigure(written, phase);
  if (typeof other === 'string' || other.figure.measure === of.figure.measure) return other;
  return `"${written}" counts in something else than the figure before it, wanted one that counts in the same`;
}

function prefixOf(phase: string): string {
  return `phases.${phase}.`;
}

/** How much one of a unit is; undefined for one that a figure does not have. */
function factorOf(unit: string | undefined, units: Record<string, number>): number | undefined {
  if (unit === undefined) return 1;
  return Object.hasOwn(units, unit) ? units[unit] : undefined;
}

/** The path with percentiles and means as the summary names them. */
function plainPath(path: string): string {
  return path
    .replace(/\bp\((\d+(?:\.\d+)?)\)$/, (whole, below: string) => PERCENTILES[below] ?? whole)
    .replace(/\b(med|avg)$/, (name) => SYNONYMS[name] ?? name);
}
