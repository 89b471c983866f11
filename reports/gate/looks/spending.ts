/**
 * When a job may end early: at a few looks fixed beforehand, each with a share of the chance of a false alarm
 * that the whole job allows itself. The shares add up to one, so the chance holds however the looks depend on
 * each other.
 */
import { rankSumLaw } from '../statistics/index.ts';

/** A number of blocks after which the job is judged, and the share of the level spent there. */
export interface Look {
  readonly blocks: number;
  readonly share: number;
}

/** What all levels of a job follow from. */
export interface Spending {
  /** Chance that any gated metric of the job raises a false alarm. */
  readonly level: number;
  /** How many metrics are gated. */
  readonly hypotheses: number;
  readonly looks: readonly Look[];
}

/** Blocks of every first look: fewer could hardly reject. */
export const FEWEST_BLOCKS = 12;

/** Looks of a pull request: about 4, 7 and 11 minutes of measuring. */
export const pullRequestLooks: readonly Look[] = [
  { blocks: FEWEST_BLOCKS, share: 0.2 },
  { blocks: 20, share: 0.3 },
  { blocks: 32, share: 0.5 },
];

/** Looks of a job that has the night. */
export const nightlyLooks: readonly Look[] = [
  { blocks: FEWEST_BLOCKS, share: 0.2 },
  { blocks: 20, share: 0.2 },
  { blocks: 32, share: 0.25 },
  { blocks: 48, share: 0.35 },
];

/** Gives the chance of a false alarm that one metric has at one look. */
export function levelAt({ share }: Look, { level, hypotheses }: Spending): number {
  return (level * share) / hypotheses;
}

/** Gives the smallest rank sum that rejects with so many blocks; undefined when not even the largest does. */
export function criticalRankSum(blocks: number, level: number): number | undefined {
  const law = rankSumLaw(blocks);
  const most = law.length - 1;
  const rejecting = law.findLastIndex((chance) => chance < level);
  return rejecting < 0 ? undefined : most - rejecting;
}

/**
 * Finds the first look that can reject at all: n blocks that all agree still have the chance 2^-n.
 *
 * The result is an index; undefined when no look can, which makes the job pointless.
 */
export function firstUsefulLook(spending: Spending): number | undefined {
  const first = spending.looks.findIndex((look) => 2 ** -look.blocks < levelAt(look, spending));
  return first < 0 ? undefined : first;
}

/**
 * Checks that looks follow each other and spend no more than there is.
 * @throws RangeError naming what is wrong.
 */
export function checkLooks(looks: readonly Look[]): void {
  const spent = looks.reduce((sum, { share }) => sum + share, 0);
  // Shares are written with few decimals, which a double does not add up exactly.
  if (looks.length === 0 || Math.abs(spent - 1) > 1e-9)
    throw new RangeError(`Cannot look at a job: its shares add up to ${spent}, wanted 1`);
  const grows = looks.every(({ blocks, share }, index) => {
    return share > 0 && Number.isInteger(blocks) && blocks > (looks[index - 1]?.blocks ?? 0);
  });
  if (!grows) throw new RangeError('Cannot look at a job: wanted looks with growing whole numbers of blocks');
}
