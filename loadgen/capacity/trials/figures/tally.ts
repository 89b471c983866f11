/** The windows of all load processes, second by second, counted as a trial needs them. */
import { decodeHistogram, type Histogram, type Window, type WorkerWindow } from '../../../results/index.ts';
import { countWithin } from './count-within.ts';

/** One second of all load processes together. */
export interface Tally {
  readonly second: number;
  sent: number;
  published: number;
  /** Turns that came due on users that were not connected. */
  unsent: number;
  answered: number;
  /** Sends that will get no answer: timed out or lost. */
  givenUp: number;
  pushed: number;
  /** Deliveries that never came, in the second in which they were intended. */
  pushLost: number;
  /** Answers that told of an error, users dropped, behaviours that threw. */
  errors: number;
  /** Came twice, out of order or unasked. */
  disordered: number;
  /** Connections that were made, and those of them that were made in time. */
  connects: number;
  connectsInTime: number;
  /** Answers and deliveries within each limit, in the order of the limits. */
  inTime: number[];
  /** Mean time of an answer since its actual send, and of a delivery; 0 without one. */
  serviceMeanMs: number;
  pushMeanMs: number;
}

/** Limits that are counted by. */
export interface TallyTerms {
  readonly limitsMs: readonly number[];
  readonly connectWithinMs: number;
}

type Times = 'response' | 'service' | 'push' | 'connect';

const TIMES: readonly Times[] = ['response', 'service', 'push', 'connect'];

const MICROSECONDS = 1_000;

/** Counts all windows of a run, ascending by second. A second that no process told of is missing. */
export function tally(windows: readonly Window[], terms: TallyTerms): Tally[] {
  const bySecond = new Map<number, { counted: Tally; windows: Window[] }>();
  const at = (second: number): { counted: Tally; windows: Window[] } => {
    const known = bySecond.get(second) ?? { counted: emptyTally(second), windows: [] };
    bySecond.set(second, known);
    return known;
  };
  for (const window of windows) {
    const { counted, windows: own } = at(window.second);
    own.push(window);
    countWindow(counted, window);
    for (const [second, lost] of lostOf(window)) at(second).counted.pushLost += lost;
  }
  for (const { counted, windows: own } of bySecond.values()) timeSecond(counted, own, terms);
  return Array.from(bySecond.values(), ({ counted }) => counted).sort(
    (one, other) => one.second - other.second,
  );
}

function emptyTally(second: number): Tally {
  const messages = { sent: 0, published: 0, unsent: 0, answered: 0, givenUp: 0, pushed: 0, pushLost: 0 };
  const others = { errors: 0, disordered: 0, connects: 0, connectsInTime: 0 };
  return { second, ...messages, ...others, inTime: [], serviceMeanMs: 0, pushMeanMs: 0 };
}

function countWindow(into: Tally, { published = 0, thrown = {}, unsent, users, workers }: Window): void {
  into.published += published;
  into.unsent += unsent;
  into.errors += total(users.dropped) + total(thrown);
  for (const worker of workers) countWorker(into, worker);
}

function countWorker(into: Tally, worker: WorkerWindow): void {
  const { errors = 0, pushDuplicated = 0, pushReordered = 0, pushUnasked = 0 } = worker;
  into.sent += worker.sent;
  into.answered += worker.answered;
  into.givenUp += worker.timedOut + worker.lost;
  into.pushed += worker.pushed;
  into.errors += errors;
  into.disordered += worker.duplicated + worker.reordered + pushDuplicated + pushReordered + pushUnasked;
}

/** Lost deliveries by the second in which they were intended; those of nobody knows which, by the second that tells of them. */
function lostOf({ second, workers }: Window): [second: number, lost: number][] {
  return workers.flatMap(({ pushLost = 0, pushLostOf = {} }) => {
    const dated = Object.entries(pushLostOf).map(([intended, lost]): [number, number] => [
      Number(intended),
      lost,
    ]);
    return [...dated, [second, pushLost - total(pushLostOf)]];
  });
}

function timeSecond(
  into: Tally,
  windows: readonly Window[],
  { limitsMs, connectWithinMs }: TallyTerms,
): void {
  const { connect, push, response, service } = mergedTimes(windows);
  const answers = response === undefined ? [] : countWithin(response, limitsMs);
  const deliveries = push === undefined ? [] : countWithin(push, limitsMs);
  into.inTime = limitsMs.map((_, limit) => (answers[limit] ?? 0) + (deliveries[limit] ?? 0));
  into.connects = connect?.count ?? 0;
  into.connectsInTime = connect === undefined ? 0 : (countWithin(connect, [connectWithinMs])[0] ?? 0);
  into.serviceMeanMs = (service?.mean ?? 0) / MICROSECONDS;
  into.pushMeanMs = (push?.mean ?? 0) / MICROSECONDS;
}

/** Those of all workers and load processes, bucket for bucket. */
function mergedTimes(windows: readonly Window[]): { [Name in Times]?: Histogram } {
  const merged: { [Name in Times]?: Histogram } = {};
  for (const worker of windows.flatMap(({ workers }) => workers)) {
    for (const name of TIMES) {
      const encoded = worker[name];
      if (encoded === undefined) continue;
      const times = decodeHistogram(encoded);
      if (merged[name] === undefined) merged[name] = times;
      else merged[name].add(times);
    }
  }
  return merged;
}

function total(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
