/**
 * A build held against stored measurements, where the other build cannot be made any more. Advice: between two days
 * lies more than two builds, and only what slows work of others as well is taken out.
 */
import { existsSync } from 'node:fs';
import { type BaselineAnswer, type BaselinePoint, holdAgainst } from '../../../reports/gate/index.ts';
import { formatNode } from '../../../reports/index.ts';
import { ClusterError } from '../../../server/errors/index.ts';
import { readOrigin } from './host.ts';
import { type Follower, type Measurement, measurePoints, type Subject, subjectOf } from './measure.ts';
import { appendPoint, type Point, readPoints, refuseUnwritable } from './points.ts';

/** What the stored measurements say of this build. */
export interface Advice {
  readonly scenario: string;
  readonly answer: BaselineAnswer;
  /** Of this build, and the median of the stored ones, as they were measured. */
  readonly cpuMicrosPerMessage: number;
  readonly stored: number;
}

/** What measures; exchanged by tests. */
export type Measure = (measurement: Measurement, follower: Follower) => Promise<Point[]>;

/**
 * Measures and appends each measurement to the file. An interrupt keeps those that are whole.
 *
 * @throws ClusterError OPTION_INVALID when the file cannot be written, RUNS_DIFFER when it holds measurements of
 *   another scenario or load; and what `measurePoints` throws.
 */
export async function recordBaseline(
  path: string,
  measurement: Measurement,
  follower: Follower,
  measure: Measure = measurePoints,
): Promise<Point[]> {
  const subject = await subjectOf(measurement);
  refuseUnwritable(path);
  if (existsSync(path)) refuseOtherLoad(path, readPoints(path), subject);
  const take = (point: Point): void => appendPoint(path, point);
  return measure(measurement, { ...follower, take });
}

/**
 * Measures this build and holds it against the file, which stays as it is.
 *
 * @throws ClusterError RECORD_INVALID when the file cannot be read, RUNS_DIFFER, before anything is measured, when its
 *   measurements are of another scenario, load, processor or major version of Node, or a month old; and what
 *   `measurePoints` throws.
 */
export async function compareWithBaseline(
  path: string,
  measurement: Measurement,
  follower: Follower,
  measure: Measure = measurePoints,
): Promise<Advice> {
  const points = readPoints(path);
  refuseEmpty(path, points);
  const subject = await subjectOf(measurement);
  refuseOtherLoad(path, points, subject);
  refuseOthers(path, points);
  const measured = await measure(measurement, follower);
  const stored = points.map(comparable);
  const answer = holdAgainst(stored, join(measured));
  return {
    scenario: subject.scenario,
    answer,
    cpuMicrosPerMessage: middle(measured),
    stored: middle(points),
  };
}

function refuseEmpty(path: string, points: readonly Point[]): void {
  if (points.length > 0) return;
  const wanted = 'wanted at least one of "scbench baseline record"';
  throw new ClusterError(`Cannot compare with baseline "${path}": it holds no measurement, ${wanted}`, {
    code: 'RECORD_INVALID',
  });
}

function comparable({ at, cpuMicrosPerMessage, calibration, host }: Point): BaselinePoint {
  return {
    at: new Date(at),
    value: cpuMicrosPerMessage,
    calibration,
    cpuModel: host.cpuModel,
    nodeMajor: majorOf(host.node),
  };
}

/** One point of several: means of logarithms, so that it does not matter which power the calibration is taken to. */
function join(points: readonly Point[]): BaselinePoint {
  const all = points.map(comparable);
  const last = all.at(-1);
  if (last === undefined) throw new RangeError('Cannot join measurements: there are none');
  const mean = (values: number[]): number =>
    Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
  return {
    ...last,
    value: mean(all.map(({ value }) => value)),
    calibration: mean(all.map(({ calibration }) => calibration)),
  };
}

function majorOf(version: string): number {
  return Number(/^v?(\d+)/.exec(version)?.[1]);
}

/** The middle one, of an even number the upper of the two. */
function middle(points: readonly Point[]): number {
  const sorted = points.map(({ cpuMicrosPerMessage }) => cpuMicrosPerMessage).toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function refuseOtherLoad(path: string, points: readonly Point[], subject: Subject): void {
  const other = points.find((point) => wordsOf(point) !== wordsOf(subject));
  if (other === undefined) return;
  throw differs(path, `it measured ${wordsOf(other)}, wanted ${wordsOf(subject)}`);
}

function wordsOf({ scenario, load }: Subject): string {
  const rate = Number(load.messagesPerSecond.toPrecision(6));
  return `"${scenario}" with ${load.users} users, ${rate} messages/s and workers: ${load.workers}`;
}

/** Refuses what would say nothing, in the words of the rule that says so. */
function refuseOthers(path: string, points: readonly Point[], now: Date = new Date()): void {
  const { cpuModel, node } = readOrigin();
  const nodeMajor = majorOf(node);
  const here: BaselinePoint = { at: now, value: 1, calibration: 1, cpuModel, nodeMajor };
  const { verdict } = holdAgainst(points.map(comparable), here);
  const newest = points.findLast(({ host }) => host.cpuModel === cpuModel) ?? points.at(-1);
  if (newest === undefined) return;
  if (verdict === 'not-comparable') {
    throw differs(path, `its processor is "${newest.host.cpuModel}", wanted "${cpuModel}" as here`);
  }
  if (verdict === 'stale') {
    const isOld = majorOf(newest.host.node) === nodeMajor;
    throw differs(
      path,
      isOld
        ? `its newest measurement is of ${newest.at.slice(0, 10)}, wanted one of the last 30 days`
        : `it ran on ${formatNode(newest.host.node)}, wanted ${formatNode(node)} or another of that major version`,
    );
  }
}

function differs(path: string, why: string): ClusterError {
  return new ClusterError(`Cannot compare with baseline "${path}": ${why}`, { code: 'RUNS_DIFFER' });
}
