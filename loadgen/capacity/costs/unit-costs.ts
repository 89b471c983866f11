/**
 * What one message, one delivery, one ping, one connection and one byte cost the processes of a role: the service-demand
 * law, D = U / X, for several kinds of work at once. Trials at high load only: below it a loop that wakes for one
 * message costs several times as much for each.
 */
import { ClusterError } from '../../../server/errors/index.ts';
import { type Estimate, estimateOf } from '../estimate/index.ts';
import { solveNonNegative } from './non-negative.ts';
import { eachKind, KINDS, type Kind, type Observation, type OfEachKind } from './work.ts';

/** Unit costs, and how well they are known. */
export interface CostModel {
  /** Microseconds for one of each. */
  readonly costs: OfEachKind;
  /** 5 % and 95 % points of each over trials drawn anew. */
  readonly intervals: Readonly<Record<Kind, { readonly lower: number; readonly upper: number }>>;
  /** Standard deviation of the natural logarithm of busy time around what the costs say. */
  readonly residual: number;
  /** Costs of trials drawn anew, for whoever predicts. */
  readonly draws: readonly OfEachKind[];
  /** Costs that could not be told. */
  readonly remarks: readonly CostRemark[];
}

/** Why a cost could not be told. */
export interface CostRemark {
  /** `never-done`: no trial had any of this work. `told-together`: two kinds kept one proportion in all trials. */
  readonly kind: 'never-done' | 'told-together';
  /** With capital, without full stop. */
  readonly sentence: string;
}

/** How often trials are drawn anew. */
const RESAMPLES = 200;

/** Two kinds of work whose counts keep this near to one proportion over all trials cannot be told apart. */
const SAME_DIRECTION = 0.9995;

/**
 * Explains busy time by work. Every trial weighs the same, as errors are proportional to what is measured.
 * @param draw Gives numbers from 0 (inclusive) to 1 (exclusive).
 * @throws ClusterError `OPTION_INVALID` for fewer trials than kinds of work that were done, and one to judge by.
 */
export function fitCosts(observations: readonly Observation[], draw: () => number): CostModel {
  const done = KINDS.filter((kind) => observations.some(({ work }) => work[kind] > 0));
  refuseFew(observations, done);
  const costs = solve(observations);
  const draws = Array.from({ length: RESAMPLES }, () => solve(resample(observations, draw)));
  const intervals = Object.fromEntries(
    KINDS.map((kind) => [kind, middle(draws.map((each) => each[kind]))]),
  ) as Record<Kind, { lower: number; upper: number }>;
  const residual = scatter(observations, costs);
  return { costs, intervals, residual, draws, remarks: remarksOf(observations, done) };
}

/** Microseconds that some work takes. */
export function busyMicrosOf(costs: OfEachKind, work: OfEachKind): number {
  return KINDS.reduce((sum, kind) => sum + costs[kind] * work[kind], 0);
}

/**
 * Predicts the microseconds that work takes which was not measured; the spread holds both what a trial scatters by and
 * how well the costs are known.
 * @throws ClusterError `OPTION_INVALID` for work that costs nothing.
 */
export function predictBusy({ costs, draws, residual }: CostModel, work: OfEachKind): Estimate {
  const told = busyMicrosOf(costs, work);
  const logs = draws.map((each) => Math.log(busyMicrosOf(each, work))).filter(Number.isFinite);
  return estimateOf(told, Math.hypot(residual, deviation(logs)));
}

function solve(observations: readonly Observation[]): OfEachKind {
  const rows = observations.map(({ work, busyMicros }) => KINDS.map((kind) => work[kind] / busyMicros));
  const found = solveNonNegative(
    rows,
    rows.map(() => 1),
  );
  return eachKind((kind) => found[KINDS.indexOf(kind)] ?? 0);
}

/** Whole trials: one that scattered takes all its kinds of work with it. */
function resample(observations: readonly Observation[], draw: () => number): Observation[] {
  return observations.map(
    (observation) => observations[Math.floor(draw() * observations.length)] ?? observation,
  );
}

function scatter(observations: readonly Observation[], costs: OfEachKind): number {
  const fitted = KINDS.filter((kind) => costs[kind] > 0).length;
  const squares = observations.reduce(
    (sum, { work, busyMicros }) => sum + Math.log(busyMicros / busyMicrosOf(costs, work)) ** 2,
    0,
  );
  return Math.sqrt(squares / Math.max(1, observations.length - fitted));
}

function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1));
}

function middle(values: readonly number[]): { lower: number; upper: number } {
  const sorted = values.toSorted((one, other) => one - other);
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  return { lower: at(0.05), upper: at(0.95) };
}

function refuseFew(observations: readonly Observation[], done: readonly Kind[]): void {
  const wanted = done.length + 1;
  const idle = observations.findIndex(({ busyMicros }) => !(busyMicros > 0));
  if (idle >= 0) {
    const text = `Cannot explain trial ${idle + 1} of ${observations.length}: its processes were busy for no time at all`;
    throw new ClusterError(`${text}, wanted are trials at high load`, { code: 'OPTION_INVALID' });
  }
  if (observations.length >= wanted && done.length > 0) return;
  const text = `Cannot tell what ${done.join(', ') || 'nothing'} cost: there are ${observations.length} trials`;
  throw new ClusterError(`${text}, wanted ${Math.max(2, wanted)} or more that differ`, {
    code: 'OPTION_INVALID',
  });
}

function remarksOf(observations: readonly Observation[], done: readonly Kind[]): CostRemark[] {
  const never = KINDS.filter((kind) => !done.includes(kind));
  const pairs = done.flatMap((one, place) =>
    done
      .slice(place + 1)
      .filter((other) => cosine(observations, one, other) > SAME_DIRECTION)
      .map((other): CostRemark => {
        const sentence = `The costs of ${one} and ${other} cannot be told apart: both kept one proportion in all trials`;
        return { kind: 'told-together', sentence };
      }),
  );
  const nevers = never.map((kind): CostRemark => {
    return { kind: 'never-done', sentence: `No trial had any ${kind}: its cost is taken for 0` };
  });
  return [...nevers, ...pairs];
}

/** 1 when two kinds of work keep one proportion, weighed as the fit weighs them. */
function cosine(observations: readonly Observation[], one: Kind, other: Kind): number {
  const column = (kind: Kind): number[] =>
    observations.map(({ work, busyMicros }) => work[kind] / busyMicros);
  const [a, b] = [column(one), column(other)];
  const product = a.reduce((sum, value, place) => sum + value * (b[place] ?? 0), 0);
  return product / (Math.hypot(...a) * Math.hypot(...b));
}
