/**
 * Conservation: nothing a load process sent may vanish from the books. Each process counts twice, once in
 * its windows and once in its totals, and every message has exactly one fate.
 */
import { COUNTED, RARE, type Totals, type Window } from '../record/index.ts';

const WORKER_ENTRIES = [...COUNTED, ...RARE] as const;

/** What both books count. */
const ENTRIES = [
  ...WORKER_ENTRIES,
  'unsent',
  'published',
  'failed',
  'dropped',
  'left',
] as const satisfies readonly (keyof Totals)[];

/** Version 1 counted these in its totals alone, or not at all: they are checked where both books have them. */
const SINCE_VERSION_2: readonly string[] = [
  'published',
  'left',
  'pushLost',
  'pushDuplicated',
  'pushReordered',
];

/** What the windows of one load process add up to. */
interface Book {
  counts: Record<(typeof ENTRIES)[number], number>;
  /** Its last window's users. */
  users: { second: number; started: number; open: number };
}

/** What all load processes told in their windows, to be held against their totals. */
export class Books {
  readonly #byProcess = new Map<number, Book>();

  /** Enters a window. */
  add(window: Window): void {
    const book = this.#byProcess.get(window.process) ?? emptyBook();
    this.#byProcess.set(window.process, book);
    const { users, second } = window;
    book.counts.unsent += window.unsent;
    book.counts.published += window.published ?? 0;
    book.counts.failed += sumOf(users.failed);
    book.counts.dropped += sumOf(users.dropped);
    book.counts.left += users.left ?? 0;
    for (const worker of window.workers) {
      for (const entry of WORKER_ENTRIES) book.counts[entry] += worker[entry] ?? 0;
    }
    if (second > book.users.second) book.users = { second, started: users.started, open: users.open };
  }

  /**
   * Says in sentences what does not add up. Empty: all holds.
   * @param totals Per load process; null for one that was lost, which is not checked.
   */
  check(totals: readonly (Totals | null)[]): string[] {
    return totals.flatMap((own, process) => {
      if (own === null) return [];
      const book = this.#byProcess.get(process) ?? emptyBook();
      return [...checkFates(own), ...checkWindows(own, book), ...checkUsers(own, book)].map(
        (problem) => `Load process ${process} ${problem}`,
      );
    });
  }
}

/** Checks the books of every load process, as `Books` does, when all windows are at hand. */
export function checkConservation(run: {
  windows: readonly Window[];
  totals: readonly (Totals | null)[];
}): string[] {
  const books = new Books();
  for (const window of run.windows) books.add(window);
  return books.check(run.totals);
}

function checkFates({ sent, answered, timedOut, lost, inFlight }: Totals): string[] {
  const accounted = answered + timedOut + lost + inFlight;
  if (accounted === sent) return [];
  const fates = `${answered} answered, ${timedOut} timed out, ${lost} lost and ${inFlight} in flight`;
  return [`sent ${sent} messages but accounts for ${accounted}: ${fates}`];
}

function checkWindows(totals: Totals, { counts }: Book): string[] {
  const checked = isVersion1(totals) ? ENTRIES.filter((entry) => !SINCE_VERSION_2.includes(entry)) : ENTRIES;
  return checked
    .filter((entry) => counts[entry] !== (totals[entry] ?? 0))
    .map((entry) => `counted ${totals[entry] ?? 0} as ${entry} in all but ${counts[entry]} in its windows`);
}

function checkUsers(totals: Totals, { users }: Book): string[] {
  if (users.second < 0) return [];
  const { started, open } = users;
  const { connected, failed, dropped, left = 0 } = totals;
  const problems: string[] = [];
  // Also at an early end: who is still connecting then has failed. Who tries again connects or fails once more.
  const hasExtra = isVersion1(totals) ? connected + failed > started : open > started;
  if (connected + failed < started || hasExtra) {
    problems.push(`started ${started} users, of which ${connected} connected and ${failed} failed`);
  }
  if (connected - dropped - left !== open) {
    const gone = left > 0 ? `${dropped} dropped, ${left} left` : `${dropped} dropped`;
    problems.push(`connected ${connected} users, of which ${gone} and ${open} stayed open`);
  }
  return problems;
}

function isVersion1({ left }: Totals): boolean {
  return left === undefined;
}

function emptyBook(): Book {
  const counts = Object.fromEntries(ENTRIES.map((entry) => [entry, 0])) as Book['counts'];
  return { counts, users: { second: -1, started: 0, open: 0 } };
}

function sumOf(counts: Record<string, number>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
