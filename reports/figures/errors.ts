/** What can go wrong in a run, by cause, under the same names in tables and charts. */
import type { Summary } from '../../loadgen/results/index.ts';

/** A connection that failed, one that ended, a behaviour that threw, or a message counted under a name of its own. */
type ErrorKind = 'failed' | 'dropped' | 'thrown' | 'counted';

export interface ErrorCount {
  kind: ErrorKind;
  /** The cause as records name it, or the counter. */
  cause: string;
  /** What it happened to. */
  what: string;
  /** The cause in words. */
  words: string;
  /** The cause as briefly as beside a line of a chart. */
  label: string;
  count: number;
}

/** Room beside a chart for the name of a line. */
const MOST_LETTERS = 12;

/** Counters of messages that tell of something wrong, in words. Every second of a run has them, and its summary. */
const messageErrors = {
  timedOut: ['message', 'not answered in time', 'timed out'],
  lost: ['message', 'lost with its connection', 'lost'],
  errors: ['message', 'answered with an error', 'errors'],
  duplicated: ['message', 'answered twice', 'twice'],
  reordered: ['message', 'answered out of order', 'out of order'],
  unsent: ['message', 'never sent: its user was not connected', 'unsent'],
  pushLost: ['publication', 'not delivered', 'not delivered'],
  pushDuplicated: ['publication', 'delivered twice', 'pushed twice'],
  pushReordered: ['publication', 'delivered out of order', 'pushed late'],
  pushUnasked: ['publication', 'delivered unasked', 'unasked'],
} as const;

/** Lists what went wrong in a run, most frequent first; nothing that never happened. */
export function errorsOf({ users, messages }: Summary): ErrorCount[] {
  const named = (kind: 'failed' | 'dropped' | 'thrown', what: string): ErrorCount[] =>
    Object.entries(users[kind] ?? {}).map(([cause, count]) => ({
      kind,
      cause,
      what,
      words: cause,
      label: cause.length > MOST_LETTERS ? `${cause.slice(0, MOST_LETTERS)}…` : cause,
      count,
    }));
  const counted = Object.entries(messageErrors).map(
    ([cause, [what, words, label]]): ErrorCount => ({
      kind: 'counted',
      cause,
      what,
      words,
      label,
      count: messages[cause as keyof typeof messageErrors],
    }),
  );
  return [
    ...named('failed', 'connection failed'),
    ...named('dropped', 'connection ended'),
    ...named('thrown', 'behaviour threw'),
    ...counted,
  ]
    .filter(({ count }) => count > 0)
    .sort((one, other) => other.count - one.count);
}
