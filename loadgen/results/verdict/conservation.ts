/**
 * Conservation: nothing a load process sent may vanish from the books. Each process counts twice, once in
 * its windows and once in its totals, and every message has exactly one fate.
 */
import type { Totals, Window } from '../run-record.ts';

/** What both books count. */
interface Book {
  sent: number;
  answered: number;
  timedOut: number;
  lost: number;
  duplicated: number;
  reordered: number;
  pushed: number;
  unsent: number;
  failed: number;
  dropped: number;
}

const ENTRIES = [
  'sent',
  'answered',
  'timedOut',
  'lost',
  'duplicated',
  'reordered',
  'pushed',
  'unsent',
  'failed',
  'dropped',
] as const satisfies readonly (keyof Book)[];

/** The books of one run. */
export interface Books {
  windows: readonly Window[];
  /** Per load process; null for one that was lost, which is not checked. */
  totals: readonly (Totals | null)[];
}

/** Checks the books of every load process, and says in sentences what does not add up. Empty: all holds. */
export function checkConservation({ windows, totals }: Books): string[] {
  return totals.flatMap((own, process) => {
    if (own === null) return [];
    const parts = windows.filter((window) => window.process === process);
    return [...checkFates(own), ...checkWindows(own, parts), ...checkUsers(own, parts)].map(
      (problem) => `Load process ${process} ${problem}`,
    );
  });
}

function checkFates({ sent, answered, timedOut, lost, inFlight }: Totals): string[] {
  const accounted = answered + timedOut + lost + inFlight;
  if (accounted === sent) return [];
  const fates = `${answered} answered, ${timedOut} timed out, ${lost} lost and ${inFlight} in flight`;
  return [`sent ${sent} messages but accounts for ${accounted}: ${fates}`];
}

function checkWindows(totals: Totals, windows: readonly Window[]): string[] {
  const book = sumWindows(windows);
  return ENTRIES.filter((entry) => book[entry] !== totals[entry]).map(
    (entry) => `counted ${totals[entry]} as ${entry} in all but ${book[entry]} in its windows`,
  );
}

function checkUsers(totals: Totals, windows: readonly Window[]): string[] {
  const last = windows.reduce<Window | null>(
    (latest, window) => (latest === null || window.second > latest.second ? window : latest),
    null,
  );
  if (last === null) return [];
  const { started, open } = last.users;
  const { connected, failed, dropped } = totals;
  const problems: string[] = [];
  // Also at an early end: who is still connecting then has failed.
  if (connected + failed !== started) {
    problems.push(`started ${started} users, of which ${connected} connected and ${failed} failed`);
  }
  if (connected - dropped !== open) {
    problems.push(`connected ${connected} users, of which ${dropped} dropped and ${open} stayed open`);
  }
  return problems;
}

function sumWindows(windows: readonly Window[]): Book {
  const book = Object.fromEntries(ENTRIES.map((entry) => [entry, 0])) as Record<keyof Book, number>;
  for (const window of windows) {
    book.unsent += window.unsent;
    book.failed += sumOf(window.users.failed);
    book.dropped += sumOf(window.users.dropped);
    for (const worker of window.workers) {
      book.sent += worker.sent;
      book.answered += worker.answered;
      book.timedOut += worker.timedOut;
      book.lost += worker.lost;
      book.duplicated += worker.duplicated;
      book.reordered += worker.reordered;
      book.pushed += worker.pushed;
    }
  }
  return book;
}

function sumOf(counts: Record<string, number>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
