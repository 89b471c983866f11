/** What no server may do, and messages that went wrong: no statistics, one is enough. */
import type { Block, Breakdown } from '../measurements/index.ts';
import type { Arm } from '../schedule/index.ts';

/** What must never happen to a message. */
export type Fault = 'lost' | 'duplicated' | 'reordered';

/** All faults, in the order of reports. */
const faultNames: readonly Fault[] = ['lost', 'duplicated', 'reordered'];

/** Messages of each build that went wrong. */
export type Faults = Record<Arm, Record<Fault, number>>;

/** Counts over every window that was measured: a disturbed host excuses slowness, not a lost message. */
export function countFaults(blocks: readonly Block[]): Faults {
  const none = () => ({ lost: 0, duplicated: 0, reordered: 0 });
  const faults: Faults = { base: none(), candidate: none() };
  for (const { arm, window } of blocks.flatMap(({ entries }) => entries)) {
    for (const fault of faultNames) faults[arm][fault] += window.messages[fault];
  }
  return faults;
}

/** Finds the server that ended under load. There is at most one: it ends the job. */
export function findBreakdown(blocks: readonly Block[]): Breakdown | undefined {
  return blocks.find(({ breakdown }) => breakdown !== undefined)?.breakdown;
}

/** Says in sentences, the gravest first, what a build did that no build may; nothing when it kept its word. */
export function complaintsOf(
  arm: Arm,
  { faults, breakdown }: { faults: Faults; breakdown: Breakdown | undefined },
): string[] {
  const wrong = describeFaults(faults[arm]);
  const why = breakdown?.arm === arm ? breakdown.why : '';
  const isBase = arm === 'base';
  const rest = isBase ? '; nothing can be held against it' : '';
  const who = isBase ? 'The base itself' : 'The candidate';
  const carried = isBase ? '' : ' that the base carries';
  return [
    ...(why === '' ? [] : [`${who} breaks down under load${carried}: ${why}${rest}`]),
    ...(wrong === '' ? [] : [`${who} breaks its word: ${wrong}${rest}`]),
  ];
}

/** Says in words what went wrong in one build: `2 lost, 1 reordered`; empty when nothing did. */
export function describeFaults(faults: Record<Fault, number>): string {
  return faultNames
    .filter((fault) => faults[fault] > 0)
    .map((fault) => `${faults[fault]} ${fault}`)
    .join(', ');
}
