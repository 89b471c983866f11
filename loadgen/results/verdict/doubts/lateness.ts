/**
 * Whether the generator was too late for the times it took. What makes it late delays a message twice, when it leaves
 * and when its answer is read: how late it was at 99.5 % stands for what a p99 is off by. Sends tell of themselves. What
 * is read does not: how late each process was to look up says how long a message waited that came in at any time,
 * whatever the process did instead, and the latest decides, as nobody else reads what it has to.
 */
import type { Summary } from '../../summary.ts';
import { type Doing, doings, type Figure, formatMs } from './doings.ts';

/**
 * From where on a time is spoilt: a share of its p99, and milliseconds beyond what the way of sleeping adds by itself,
 * which is known, and told as `resolutionMs`. One millisecond is also what the selftest promises of every quantile.
 */
interface Line {
  share: number;
  leastMs: number;
}

const SPOILT: Line = { share: 0.08, leastMs: 1 };
const DOUBTED: Line = { share: 0.05, leastMs: 0.6 };

/** Sentences for each way in which lateness made times wrong that somebody asks for. */
export function spoiltByLateness(summary: Summary): string[] {
  return doings(summary).flatMap((doing) => sentence(doing, spoiltFigures(doing)));
}

/** Sentences for each way in which it may have made them wrong, or made others wrong; without what spoilt the run. */
export function doubtsOfLateness(summary: Summary): string[] {
  return doings(summary)
    .filter((doing) => spoiltFigures(doing).length === 0)
    .flatMap((doing) =>
      sentence(
        doing,
        doing.figures.filter((figure) => (figure.isWanted ? isDoubtful : isSpoilt)(figure, doing)),
      ),
    );
}

function spoiltFigures(doing: Doing): Figure[] {
  return doing.figures.filter((figure) => figure.isWanted && isSpoilt(figure, doing));
}

function isSpoilt({ errorMs, shiftMs, value }: Figure, { resolutionMs }: Doing): boolean {
  return isBeyond(SPOILT, { errorMs: Math.max(errorMs, shiftMs), resolutionMs, value });
}

function isDoubtful({ errorMs, value }: Figure, { resolutionMs }: Doing): boolean {
  return isBeyond(DOUBTED, { errorMs, resolutionMs, value });
}

function isBeyond(
  { share, leastMs }: Line,
  { errorMs, resolutionMs, value }: { errorMs: number; resolutionMs: number; value: number },
): boolean {
  return errorMs - resolutionMs > leastMs && errorMs > share * value;
}

function sentence({ did, at, errorMs, resolutionMs, why }: Doing, off: readonly Figure[]): string[] {
  if (off.length === 0) return [];
  const late = `${formatMs(errorMs)} ${at}${resolutionMs > 0 ? `, ${formatMs(resolutionMs)} of it from the way it sleeps` : ''}`;
  const times = off.map(
    ({ name, quantile, value, beside }) => `${quantile} of ${name} is ${formatMs(value)}${beside}`,
  );
  return [`The generator itself ${did} late: ${[late, ...times].join('; ')}${why}`];
}
