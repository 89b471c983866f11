/** Looks of a job that has less time than its rules would take. */
import type { Look } from './spending.ts';

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
