/** How many blocks a job may have, and of which length: what fits its time, settled before the first of them. */
import { type BlockLength, fitLooks, type GateHeader } from '../../../../reports/gate/index.ts';
import { ClusterError } from '../../../../server/errors/index.ts';
import type { Pace } from '../../bench/index.ts';
import type { Rules } from './rules.ts';

/** Time of a job. */
export interface JobTime {
  /** From its start to its end, builds included. */
  readonly limitSeconds: number;
  /** Gone before the first block. */
  readonly spentSeconds: number;
}

/** What the number of blocks follows from. */
export interface Fitting {
  readonly pace: Pace;
  /** Default: as long as all looks take. */
  readonly time?: JobTime | undefined;
  /** Default: long, unless only short blocks leave time for all looks. */
  readonly length?: BlockLength | undefined;
  /** Whether all the time goes into one look. */
  readonly isOneLook?: boolean | undefined;
}

/** The shape of a job, as it stands in its record. */
export type Shape = Pick<GateHeader, 'length' | 'time'> & { looks: Rules['looks'] };

/** Kept for windows that the host disturbs, which are measured again: share of the time. */
const RESERVE = 0.08;

/** For the last server to end and the pages to be written, seconds. */
const CLOSING_SECONDS = 10;

/** The twelve short blocks of a first look take longer on any host, windows and warm-up alone. Seconds. */
const LEAST_SECONDS = 90;

/**
 * Refuses a time in which no job can be done, before anything is built.
 *
 * @throws ClusterError OPTION_INVALID naming the least.
 */
export function checkTime(limitSeconds = Number.POSITIVE_INFINITY): void {
  if (limitSeconds >= LEAST_SECONDS) return;
  throw new ClusterError(
    `Cannot gate in ${limitSeconds} s: wanted is a time of ${LEAST_SECONDS} s or more, for no first look takes less`,
    { code: 'OPTION_INVALID' },
  );
}

/** Fits blocks into the time there is. No job has fewer than its first look wants, however little time there is. */
export function fitJob(rules: Rules, { pace, time, length, isOneLook = false }: Fitting): Shape {
  const { looks } = rules;
  if (time === undefined) return { length: length ?? 'long', looks };
  const fits = (of: BlockLength): number => blocksWithin(rules, { time, pace, length: of });
  const most = looks.at(-1)?.blocks ?? 0;
  const chosen = length ?? (isOneLook || fits('long') >= most ? 'long' : 'short');
  const least = looks[0]?.blocks ?? 0;
  return {
    length: chosen,
    looks: isOneLook ? [{ blocks: Math.max(least, fits(chosen)), share: 1 }] : fitLooks(looks, fits(chosen)),
    time: { limitSeconds: time.limitSeconds, blockSeconds: pace.blockSeconds[chosen] },
  };
}

/** Tells whether a block takes memory: every one where it is gated, up to the first look where it is only watched. */
export function takesMemory({ hypotheses, watch, looks }: Rules, index: number): boolean {
  if (hypotheses.some(({ metric }) => metric === 'memory')) return true;
  return watch.includes('memory') && index < (looks[0]?.blocks ?? 0);
}

function blocksWithin(
  rules: Rules,
  { time, pace, length }: { time: JobTime; pace: Pace; length: BlockLength },
): number {
  let left = (1 - RESERVE) * (time.limitSeconds - time.spentSeconds) - CLOSING_SECONDS;
  let blocks = 0;
  for (;;) {
    left -= pace.blockSeconds[length] + (takesMemory(rules, blocks) ? pace.memorySeconds : 0);
    if (!(left >= 0)) return blocks;
    blocks += 1;
  }
}
