/**
 * Whether a job measured at all. A candidate that spoils its host must not hide by having its windows left out, so
 * what was left out is itself put to the test.
 */
import type { Block } from '../measurements/index.ts';
import type { Arm } from '../schedule/index.ts';
import { unevenness } from '../statistics/index.ts';
import type { Disturbance, Guards } from './guards.ts';
import { pairsOf } from './pairs.ts';

/** Share of the pairs that may have to be measured again. */
const MOST_DISTURBED = 0.35;

/** Chance below which disturbed windows of one build are no accident. */
const ACCIDENT = 0.01;

/** What disturbed a job. */
export interface Disturbed {
  /** Pairs of windows, and those that had to be measured again. */
  readonly pairs: number;
  readonly disturbedPairs: number;
  /** Blocks given up and measured again. */
  readonly blocksAgain: number;
  /** Disturbed windows of each build. */
  readonly windows: Record<Arm, number>;
  /** Chance of windows so unevenly divided when disturbances do not care for the build. */
  readonly pUneven: number;
  /** Disturbed windows by cause. */
  readonly causes: Partial<Record<Disturbance, number>>;
}

/** Counts what disturbed all blocks of a job, those given up included. */
export function countDisturbed(blocks: readonly Block[], guards: Guards): Disturbed {
  const pairs = blocks.flatMap((block) => pairsOf(block, guards));
  const firstAttempts = pairs.filter(({ attempt }) => attempt === 1);
  const disturbed = pairs.flatMap((pair) => pair.disturbed);
  const windows = { base: 0, candidate: 0 };
  const causes: Partial<Record<Disturbance, number>> = {};
  for (const { entry, by } of disturbed) {
    windows[entry.arm] += 1;
    for (const cause of by) causes[cause] = (causes[cause] ?? 0) + 1;
  }
  return {
    pairs: firstAttempts.length,
    disturbedPairs: firstAttempts.filter((pair) => pair.disturbed.length > 0).length,
    blocksAgain: blocks.filter(({ attempt }) => attempt > 1).length,
    windows,
    pUneven: unevenness(windows.base, windows.candidate),
    causes,
  };
}

/** Says in sentences why a job cannot be believed; nothing when it can. */
export function doubtsOf({ pairs, disturbedPairs, windows, pUneven }: Disturbed): string[] {
  const doubts: string[] = [];
  if (disturbedPairs > MOST_DISTURBED * pairs)
    doubts.push(`The host disturbed ${disturbedPairs} of ${pairs} pairs of windows, more than 35 %`);
  if (pUneven < ACCIDENT)
    doubts.push(
      `Disturbance depends on the build: ${windows.base} windows of the base, ${windows.candidate} of the candidate`,
    );
  return doubts;
}
