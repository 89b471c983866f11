/**
 * Who was in time, of all that was owed. Each answer and each delivery is counted once: what was under way when the
 * measured phases began belongs to the trial, and so does what came after them, as nothing more is sent then.
 */
import type { Probe } from '../../../results/index.ts';
import type { TrialSecond } from '../trial-record.ts';
import { shortfallOf, type TrialSpan } from './span.ts';
import type { Tally } from './tally.ts';

/** What a trial came to. */
export interface Outcomes {
  readonly scheduled: number;
  readonly inTime: Readonly<Record<number, number>>;
  readonly seconds: readonly TrialSecond[];
  /** Messages that wait for an answer, at the end of each measured second. */
  readonly waiting: readonly number[];
}

/** What it is made from. */
export interface OutcomeParts {
  /** Of the whole run, ascending. */
  readonly tallies: readonly Tally[];
  readonly probes: readonly Probe[];
  readonly span: TrialSpan;
  readonly limitsMs: readonly number[];
}

/** Counts what was owed and what of it came in time. */
export function outcomesOf({ tallies, probes, span, limitsMs }: OutcomeParts): Outcomes {
  const before = tallies.filter(({ second }) => second < span.from);
  const own = tallies.filter(({ second }) => second >= span.from);
  const measured = own.filter(({ second }) => second < span.until);
  const ofSends = owedBySends(own);
  const carried = waitingAfter(before);
  const shortfall = ofSends(shortfallOf(span, sum(own.map(begunIn))));
  const owed = own.map((each) => each.sent + each.pushed + each.pushLost + ofSends(each.unsent));
  const inTimeOf = (some: readonly Tally[]): Record<number, number> =>
    Object.fromEntries(
      limitsMs.map((each, limit) => [each, sum(some.map(({ inTime }) => inTime[limit] ?? 0))]),
    );
  const waiting = runningWait(carried, measured);
  const seconds = measured.map((each, n): TrialSecond => {
    const isLast = n === measured.length - 1;
    const others = (n === 0 ? carried : 0) + (isLast ? sum(owed.slice(n + 1)) + shortfall : 0);
    return {
      second: each.second - span.from,
      scheduled: (owed[n] ?? 0) + others,
      inTime: inTimeOf(isLast ? own.slice(n) : [each]),
      inFlight: (waiting[n] ?? 0) + underWay(each),
      bufferedBytes: null,
      ...targetIn(probes.find(({ second }) => second === each.second)),
    };
  });
  return {
    scheduled: carried + sum(owed) + shortfall,
    inTime: inTimeOf(own),
    seconds,
    waiting,
  };
}

/**
 * What sends that never left owe: a message one answer, a publication as many deliveries as the others of the trial had
 * on average, and which of both they were is shared out as among those that left.
 */
function owedBySends(own: readonly Tally[]): (count: number) => number {
  const sent = sum(own.map((each) => each.sent));
  const published = sum(own.map((each) => each.published));
  if (sent + published === 0) return (count) => count;
  const delivered = published === 0 ? 0 : sum(own.map((each) => each.pushed + each.pushLost));
  const perSend = (sent + delivered) / (sent + published);
  return (count) => Math.round(count * perSend);
}

function begunIn({ sent, published, unsent }: Tally): number {
  return sent + published + unsent;
}

function runningWait(carried: number, seconds: readonly Tally[]): number[] {
  let waiting = carried;
  return seconds.map((each) => {
    waiting += waitingAfter([each]);
    return waiting;
  });
}

/** Sends that were neither answered nor given up. */
function waitingAfter(tallies: readonly Tally[]): number {
  return sum(tallies.map(({ sent, answered, givenUp }) => sent - answered - givenUp));
}

function underWay({ pushed, pushMeanMs }: Tally): number {
  return (pushed * pushMeanMs) / 1_000;
}

function targetIn(probe: Probe | undefined): Pick<TrialSecond, 'gcMs' | 'loopDelayMs'> {
  const workers = probe?.processes.filter(({ role }) => role === 'worker') ?? [];
  if (workers.length === 0) return { gcMs: null, loopDelayMs: null };
  return {
    gcMs: Math.max(...workers.map(({ gcMsPerSecond }) => gcMsPerSecond)),
    loopDelayMs: Math.max(...workers.map(({ eventLoopP99Ms }) => eventLoopP99Ms)),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((so, value) => so + value, 0);
}
