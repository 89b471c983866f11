/** What a user wants of a target, as text: `"99% < 50ms"`. */
import { ClusterError } from '../../../server/errors/index.ts';
import { commonLimitsMs } from './trial.ts';

/** One demand: so large a share of the scheduled messages is delivered within a limit. */
export interface SloPoint {
  /** Between 0 and 1, both excluded. */
  readonly share: number;
  /** Milliseconds, above 0. */
  readonly withinMs: number;
}

/** A service level objective: the first point is the one that a capacity at other limits takes its share from. */
export type Slo = readonly [SloPoint, ...SloPoint[]];

const NUMBER = String.raw`\d+(?:\.\d+)?`;
const SHARE_POINT = new RegExp(
  String.raw`^(?:(${NUMBER})\s*%|p(${NUMBER}))\s*(?:<=?|≤)\s*(${NUMBER})\s*(ms|s)$`,
  'i',
);

const MS_PER_SECOND = 1_000;

/**
 * Reads an objective: `99% < 50ms` or `p99 < 50ms`; several are joined by a comma or by `and`, and all must hold.
 * @throws ClusterError `OPTION_INVALID` when a part is not of this form, a share is not above 0 % and below 100 %, or a
 * limit is 0.
 */
export function parseSlo(text: string): Slo {
  const [first = '', ...others] = text.split(/,|\band\b/i);
  return [parsePoint(first, text), ...others.map((part) => parsePoint(part, text))];
}

/** Words an objective as `parseSlo` reads it. */
export function formatSlo(slo: Slo): string {
  return slo.map(({ share, withinMs }) => `${percent(share)} % < ${withinMs} ms`).join(' and ');
}

/** Gives the limits that a trial has to count for, ascending: the common ones and those of the objective. */
export function limitsOf(slo: Slo): number[] {
  const limits = new Set([...commonLimitsMs, ...slo.map(({ withinMs }) => withinMs)]);
  return [...limits].sort((one, other) => one - other);
}

function parsePoint(part: string, text: string): SloPoint {
  const [, share, percentile, limit, unit] = SHARE_POINT.exec(part.trim()) ?? [];
  if (limit === undefined)
    throw invalid(
      text,
      `current value is "${part.trim()}", wanted a share and a limit, such as "99% < 50ms"`,
    );
  const inPercent = Number(share ?? percentile);
  if (!(inPercent > 0 && inPercent < 100))
    throw invalid(text, `current share is ${inPercent} %, wanted above 0 % and below 100 %`);
  const withinMs = Number(limit) * (unit?.toLowerCase() === 's' ? MS_PER_SECOND : 1);
  if (!(withinMs > 0)) throw invalid(text, `current limit is ${limit} ${unit}, wanted above 0 ms`);
  return { share: inPercent / 100, withinMs };
}

function invalid(text: string, why: string): ClusterError {
  return new ClusterError(`Cannot read the objective "${text}": ${why}`, { code: 'OPTION_INVALID' });
}

/** Without the digits that a division by 100 and back leaves behind. */
function percent(share: number): number {
  return Number((share * 100).toPrecision(12));
}
