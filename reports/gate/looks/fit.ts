/** Looks of a job that has less time than its rules would take, or that was to have more. */
import { FEWEST_BLOCKS, type Look } from './spending.ts';

/**
 * Fits looks into fewer blocks. The first stays where it is, for fewer blocks could hardly reject; the others move with
 * the last. Each keeps its share of the level, and looks that meet are one with the shares of both, so that what a job
 * promises stays as it was. To be done before the first block, from nothing that the blocks say.
 */
export function fitLooks(looks: readonly Look[], most: number): Look[] {
  const first = looks[0]?.blocks ?? 0;
  const last = looks.at(-1)?.blocks ?? 0;
  if (most >= last) return [...looks];
  const room = (Math.max(first, Math.floor(most)) - first) / (last - first);
  const fitted: Look[] = [];
  for (const { blocks, share } of looks) {
    const place = first + Math.floor((blocks - first) * room);
    const before = fitted.at(-1);
    if (before?.blocks === place) fitted.splice(-1, 1, { blocks: place, share: before.share + share });
    else fitted.push({ blocks: place, share });
  }
  return fitted;
}

/**
 * Gives the looks of a job whose time is over after so many blocks: the last one is there, with all of the level that
 * earlier ones have left. How long blocks take does not depend on which build is the worse one, so what the job promises
 * stays as it was. A job with fewer blocks than a first look wants keeps its looks, and has no answer: so few could
 * hardly reject. One that was to look once, when all its time was over, looks at what it has.
 */
export function cutLooks(looks: readonly Look[], blocks: number): Look[] {
  const [first] = looks;
  if (first === undefined || blocks < Math.min(first.blocks, FEWEST_BLOCKS)) return [...looks];
  const earlier = looks.filter((look) => look.blocks < blocks);
  return [...earlier, { blocks, share: 1 - earlier.reduce((sum, { share }) => sum + share, 0) }];
}
