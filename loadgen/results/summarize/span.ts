/** A stretch of a run that figures are taken from, and the arithmetic they are taken by. */
import { Measure } from '../measure.ts';
import type { Probe, ProbedProcess } from '../record/index.ts';
import { addCounts, type Counters, type Second, sumCounters } from '../second.ts';
import { phaseIndex, type Timeline } from '../timeline.ts';

/** One or several phases. */
export interface Span {
  seconds: readonly Second[];
  /** Its length in seconds, at least 1. */
  length: number;
  counts: Counters & { published: number };
  measure: Measure;
}

/** Cuts a run into its phases, in the order of the plan. One that never began has no seconds. */
export function spansOf(timeline: Timeline): Span[] {
  const byPhase: Second[][] = timeline.phases.map(() => []);
  for (const second of timeline.seconds) byPhase[phaseIndex(timeline.phases, second.second)]?.push(second);
  return byPhase.map((seconds, phase) => spanOf(seconds, timeline.measured(phase), lengthOf(seconds)));
}

/** Takes several phases as one, without what may lie between them. */
export function joined(spans: readonly Span[]): Span {
  const [first] = spans;
  if (spans.length === 1 && first !== undefined) return first;
  const seconds = spans.flatMap((span) => span.seconds);
  return spanOf(seconds, merged(spans), sum(spans.map(({ length }) => length)));
}

/** Takes a run from its first second to its last. */
export function wholeSpan({ seconds }: Timeline, spans: readonly Span[]): Span {
  return spanOf(seconds, merged(spans), lengthOf(seconds));
}

/** Errors that ended behaviours of the scenario's own, by their names. */
export function thrownIn(seconds: readonly Second[]): Record<string, number> {
  const thrown: Record<string, number> = {};
  for (const second of seconds) addCounts(thrown, second.thrown ?? {});
  return thrown;
}

/** What the probe found in it. */
export function probesOf({ seconds }: Span): Probe[] {
  return seconds.flatMap(({ probe }) => (probe === null ? [] : [probe]));
}

/** What it found of all processes of one role. */
export function probedIn(span: Span, role: ProbedProcess['role']): ProbedProcess[] {
  return probesOf(span).flatMap(({ processes }) => processes.filter((process) => process.role === role));
}

/** Adds values up. */
export function sum(values: readonly number[]): number {
  return values.reduce((so, value) => so + value, 0);
}

/** Null for none. */
export function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : sum(values) / values.length;
}

/** 0 for none. */
export function highest(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), 0);
}

function spanOf(seconds: readonly Second[], measure: Measure, length: number): Span {
  const counts = { ...sumCounters(seconds), published: sum(seconds.map(({ published }) => published)) };
  return { seconds, length, counts, measure };
}

function merged(spans: readonly Span[]): Measure {
  const measure = new Measure();
  for (const span of spans) measure.add(span.measure);
  return measure;
}

/** Seconds from the first to the last, both counted; at least 1. A silent second in between counts too. */
function lengthOf(seconds: readonly Second[]): number {
  const first = seconds[0]?.second ?? 0;
  return Math.max(1, (seconds.at(-1)?.second ?? first) - first + 1);
}
