/** For tests of searches: states made of a line for each trial. */
import { commonLimitsMs, parseSlo } from '../slo/index.ts';
import { begin } from './begin.ts';
import type { Attempt, Outcome, Phase, Request, SearchSettings, SearchState } from './state.ts';

/** A trial in short: its phase, its load, whether it passed, and what is special about it. */
export type ShortAttempt = readonly [
  Phase,
  number,
  boolean,
  (Partial<Outcome> & Partial<Pick<Request, 'overload'>>)?,
];

/** Makes a search of a guess of 1,000 messages/s, for 99 % within 50 ms, that has seen some trials. */
export function aState(trials: readonly ShortAttempt[], settings: Partial<SearchSettings> = {}): SearchState {
  const given = { slo: parseSlo('99% < 50ms'), estimate: 1_000, smallestLoad: 1, ...settings };
  return { ...begin(given), attempts: trials.map(anAttempt) };
}

/** Makes an outcome; a failed one was late, and all limits did alike. */
export function anOutcome(load: number, ok: boolean, change: Partial<Outcome> = {}): Outcome {
  return {
    load,
    ok,
    okAtLimits: commonLimitsMs.map(() => ok),
    reasons: ok ? [] : [{ name: 'late', sentence: 'Only 90 % of the scheduled messages came in time' }],
    guards: [],
    cpuMicrosPerMessage: 20,
    ...change,
  };
}

/** The trials of a ramp that passed up to 665 messages/s and failed at 1,000. */
export const aRamp: readonly ShortAttempt[] = [
  ['ramp', 444, true],
  ['ramp', 665, true],
  ['ramp', 1_000, false],
];

/** A guard that tripped. */
export const tripped: Pick<Outcome, 'guards'> = { guards: ['load process 1 used 93 % of a processor'] };

function anAttempt([phase, load, ok, change = {}]: ShortAttempt): Attempt {
  const { overload, ...outcome } = change;
  const request = { kind: 'trial', phase, load, seconds: 10, fresh: false } as const;
  return {
    request: overload === undefined ? request : { ...request, overload },
    outcome: anOutcome(load, ok, outcome),
  };
}
