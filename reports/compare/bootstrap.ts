/**
 * Intervals by resampling blocks of time. They say how far a difference may be chance within these very runs; what
 * differs from one start of the processes to the next they cannot know, and `scbench gate` is for that.
 */

/** Resamples an interval is taken from. */
const RESAMPLES = 400;

/** Fewer blocks than that say nothing about how much they vary. */
export const LEAST_BLOCKS = 5;

/** Share of intervals that hold the true difference, as far as blocks are independent. */
export const CONFIDENCE = 0.95;

/** A change as a share: 0.1 is ten per cent more. */
export interface Interval {
  low: number;
  high: number;
}

/**
 * The interval of the relative change of a figure from one set of blocks to another: the percentile bootstrap, widened
 * for few blocks. The same blocks give the same interval. Undefined for too few blocks, or a figure that is 0.
 */
export function changeInterval<Block>(
  before: readonly Block[],
  after: readonly Block[],
  figure: (blocks: readonly Block[]) => number | undefined,
): Interval | undefined {
  if (Math.min(before.length, after.length) < LEAST_BLOCKS) return undefined;
  const random = lottery(before.length * 7_919 + after.length);
  const changes: number[] = [];
  for (let round = 0; round < RESAMPLES; round += 1) {
    const [old, fresh] = [figure(resample(before, random)), figure(resample(after, random))];
    if (old === undefined || fresh === undefined || old === 0) return undefined;
    changes.push(fresh / old - 1);
  }
  changes.sort((one, other) => one - other);
  const at = (share: number): number => changes[Math.round(share * (RESAMPLES - 1))] ?? 0;
  const middle = at(0.5);
  const wider = widening(Math.min(before.length, after.length));
  const end = (share: number): number => middle + (at(share) - middle) * wider;
  return { low: end((1 - CONFIDENCE) / 2), high: end((1 + CONFIDENCE) / 2) };
}

/**
 * Few blocks vary more than their resamples do. The first factor is the bias of a variance taken from a sample, the
 * second what Student's quantile of 95 % has over the normal one.
 */
function widening(blocks: number): number {
  return Math.sqrt(blocks / (blocks - 1)) * (1 + 2.4 / (blocks - 1) / 1.96);
}

function resample<Block>(blocks: readonly Block[], random: () => number): Block[] {
  const drawn: Block[] = [];
  while (drawn.length < blocks.length) {
    const block = blocks[Math.floor(random() * blocks.length)];
    if (block !== undefined) drawn.push(block);
  }
  return drawn;
}

/** Numbers in [0, 1) that look random and are the same every time: mulberry32. */
function lottery(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
