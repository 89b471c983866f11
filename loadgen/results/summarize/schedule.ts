/** What was sent of what was planned. */
import type { Header, Phase } from '../record/index.ts';
import type { Summary } from '../summary.ts';
import { type Span, sum } from './span.ts';

/** A phase and what happened in it. */
export interface PhaseSpan {
  phase: Phase;
  span: Span;
}

/** Nothing was planned, or the answers set the pace: then the schedule is kept whatever was sent. */
export const FREE: Summary['schedule'] = { perSecond: 0, ratio: 1 };

/** Holds what was sent in phases against what was planned in them, of an unfinished one in its whole seconds. */
export function scheduleOf(parts: readonly PhaseSpan[]): Summary['schedule'] {
  const begun = parts.filter(({ span }) => span.seconds.length > 0);
  if (begun.some(({ phase }) => phase.planned === undefined)) return FREE;
  const progress = begun.map(progressOf);
  const planned = sum(progress.map((each) => each.planned));
  if (planned === 0) return FREE;
  const seconds = sum(progress.map((each) => each.seconds));
  return { perSecond: planned / seconds, ratio: sum(progress.map(({ done }) => done)) / planned };
}

/** How far a phase came, and what was planned and done until then. */
function progressOf({ phase, span }: PhaseSpan): { seconds: number; planned: number; done: number } {
  const { start, end, planned = 0 } = phase;
  const last = span.seconds.at(-1)?.second ?? start;
  if (last + 1 >= end) {
    return { seconds: span.length, planned, done: span.counts.sent + span.counts.published };
  }
  // Its last second may have been cut short with the run.
  const whole = span.seconds.slice(0, -1);
  const done = sum(whole.map(({ sent, published }) => sent + published));
  return { seconds: last - start, planned: planned * shareOf(phase, (last - start) / (end - start)), done };
}

/** The share of a phase's messages that is due after a share of its time. */
function shareOf({ pace = { from: 1, to: 1 } }: Phase, time: number): number {
  const { from, to } = pace;
  return (from * time + ((to - from) / 2) * time * time) / ((from + to) / 2);
}

/**
 * The schedule of a record of version 1, as it was told then: the share that was answered. Publications have no
 * answer, and windows did not count them; theirs is the share published from the users' arrivals to the end of
 * the steady phase, when sending stopped.
 */
export function scheduleOfVersion1(
  { messagesPerSecond: planned, phases, users, ramp }: Header,
  messages: Summary['messages'],
  seconds: number,
): Summary['schedule'] {
  if (planned === 0) return FREE;
  if (messages.sent > 0 || messages.published === 0) {
    return { perSecond: planned, ratio: messages.perSecond / planned };
  }
  const end = Math.min(seconds, phases.find(({ name }) => name === 'steady')?.end ?? seconds);
  const meanArrival = (users - 1) / ramp / 2;
  return { perSecond: planned, ratio: messages.published / (planned * Math.max(1, end - meanArrival)) };
}
