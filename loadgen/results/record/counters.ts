/** What load processes count worker by worker, each both in its windows and in its totals. */
import type { Totals } from './final.ts';
import type { WorkerWindow } from './window.ts';

type Counter = keyof WorkerWindow & keyof Totals;

/** Counters that are always there. */
export const COUNTED = [
  'sent',
  'answered',
  'timedOut',
  'lost',
  'duplicated',
  'reordered',
  'pushed',
] as const satisfies readonly Counter[];

/** Counters that a window has only when there is something to count. */
export const RARE = [
  'pushLost',
  'pushDuplicated',
  'pushReordered',
  'pushUnasked',
  'subscribed',
  'pushForeign',
] as const satisfies readonly Counter[];
