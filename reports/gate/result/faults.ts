/** Messages that went wrong: no statistics, one is enough. */
import type { Block } from '../measurements/index.ts';
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

/** Says in words what went wrong in one build: `2 lost, 1 reordered`; empty when nothing did. */
export function describeFaults(faults: Record<Fault, number>): string {
  return faultNames
    .filter((fault) => faults[fault] > 0)
    .map((fault) => `${faults[fault]} ${fault}`)
    .join(', ');
}
