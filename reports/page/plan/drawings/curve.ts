/** What a load does to latency, as a curve, and where it bends. */
import type { PlanSize, PlanTrial } from '../../../plan/document/index.ts';

/** A point of the curve: messages a second, milliseconds. */
export interface LoadPoint {
  readonly load: number;
  readonly latency: number;
}

/** Loads that differ by less are one. */
const SAME = 1.02;

/** Least latency that a logarithmic axis can show, milliseconds. */
export const LEAST_MS = 0.01;

/** Fewest points in which a knee can be seen. */
const LEAST_POINTS = 5;

/** How far the curve has to leave its farthest point again, in mean distances of loads (Kneedle's S). */
const SENSITIVITY = 1;

/** Trials that a curve is made of: a trial after an overload is another matter. */
export function trialsOfCurve({ trials }: Pick<PlanSize, 'trials'>): PlanTrial[] {
  return trials.filter(({ phase, load }) => phase !== 'recovery' && load > 0);
}

/** Gives the curve of one percentile, loads ascending; trials of nearly the same load are one point, their geometric mean. */
export function curveOf(trials: readonly PlanTrial[], percentile: 'p50' | 'p99'): LoadPoint[] {
  const points = trials
    .flatMap((trial) => {
      const latency = trial[percentile];
      return latency === null ? [] : [{ load: trial.load, latency: Math.max(LEAST_MS, latency) }];
    })
    .sort((one, other) => one.load - other.load);
  const groups: LoadPoint[][] = [];
  for (const point of points) {
    const [first] = groups.at(-1) ?? [];
    if (first !== undefined && point.load < first.load * SAME) groups.at(-1)?.push(point);
    else groups.push([point]);
  }
  return groups.map((group) => ({
    load: meanOf(group.map(({ load }) => load)),
    latency: meanOf(group.map(({ latency }) => latency)),
  }));
}

/**
 * Finds the knee of a curve that rises ever steeper: the load after which latency rises faster than load, each as a share
 * of its range (V. Satopää et al., "Finding a Kneedle in a Haystack", 2011). It answers no objective, so it is a marker and
 * nothing else. Undefined where the curve has none.
 */
export function kneeOf(curve: readonly LoadPoint[]): number | undefined {
  const [first, last] = [curve.at(0), curve.at(-1)];
  if (first === undefined || last === undefined || curve.length < LEAST_POINTS) return undefined;
  const latencies = curve.map(({ latency }) => latency);
  const [least, most] = [Math.min(...latencies), Math.max(...latencies)];
  const [across, up] = [last.load - first.load, most - least];
  if (!(across > 0 && up > 0)) return undefined;
  const distances = curve.map(({ load, latency }) => (load - first.load) / across - (latency - least) / up);
  const drop = SENSITIVITY / (curve.length - 1);
  for (const [index, distance] of distances.entries()) {
    const before = distances[index - 1];
    const after = distances.slice(index + 1);
    const isPeak = before !== undefined && distance >= before && distance > (after[0] ?? distance);
    if (!isPeak) continue;
    const higher = after.findIndex((each) => each > distance);
    const until = higher < 0 ? after : after.slice(0, higher);
    if (until.some((each) => each < distance - drop)) return curve[index]?.load;
  }
  return undefined;
}

function meanOf(values: readonly number[]): number {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}
