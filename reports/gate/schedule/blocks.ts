/**
 * Which build is measured when. Within a block the order of windows cancels drift; between blocks a fair coin
 * says which build takes which part of it. The coins make the test exact whatever the noise, so they are
 * independent: an even number of heads and tails would not do.
 */
import { createStream } from './random.ts';

/** One of the two builds that are compared. */
export type Arm = 'base' | 'candidate';

/** What one block does, fixed before the first is measured. */
export interface BlockPlan {
  readonly index: number;
  /** The build started first. */
  readonly launchedFirst: Arm;
  /** The build each window loads, in the order of time. */
  readonly windows: readonly Arm[];
}

/** How many windows a block has: eight, or four when time is short. */
export type BlockLength = 'long' | 'short';

/**
 * The order of Thue and Morse: the mean of X less the mean of Y is untouched by a constant, by a straight and,
 * with eight windows, by a parabolic drift. Each pair of neighbours has one window of each build.
 */
const ORDERS: Record<BlockLength, string> = { long: 'XYYXYXXY', short: 'XYYX' };

/** Gives the number of windows of each kind in a block. */
export function windowsIn(length: BlockLength): number {
  return ORDERS[length].length;
}

/** Draws the blocks of a job. The first blocks of a longer job are those of a shorter one. */
export function planBlocks(
  seed: string,
  { blocks, length = 'long' }: { blocks: number; length?: BlockLength },
): BlockPlan[] {
  const coin = createStream(seed, 'order');
  const launch = createStream(seed, 'launch');
  return Array.from({ length: blocks }, (_, index) => {
    const x = toss(coin);
    const launchedFirst = toss(launch);
    return {
      index,
      launchedFirst,
      windows: [...ORDERS[length]].map((turn) => (turn === 'X' ? x : other(x))),
    };
  });
}

/** Says which build lies in the first of two folders with names of equal length: folders are not equally fast. */
export function planFolders(seed: string): Arm {
  return toss(createStream(seed, 'folders'));
}

function toss(draw: () => number): Arm {
  return draw() < 0.5 ? 'base' : 'candidate';
}

function other(arm: Arm): Arm {
  return arm === 'base' ? 'candidate' : 'base';
}
