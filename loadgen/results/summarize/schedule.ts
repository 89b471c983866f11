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

/** Holds what was sent in phases against what was planned in them, of an unfinished one by its seconds. */
export function scheduleOf(parts: readonly PhaseSpan[]): Summary['schedule'] {
  const begun = parts.filter(({ span }) => span.seconds.length > 0);
  if (begun.some(({ phase }) => phase.planned === undefined)) return FREE;
  const planned = sum(
    begun.map(({ phase: { start, end, planned: all = 0 }, span }) =>
      end > start ? all * Math.min(1, span.length / (end - start)) : 0,
    ),
  );
  if (planned === 0) return FREE;
  const done = sum(begun.map(({ span: { counts } }) => counts.sent + counts.published));
  return { perSecond: planned / sum(begun.map(({ span }) => span.length)), ratio: done / planned };
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
