/** What a socket costs in memory: the slope of a process's memory over its idle sockets. */
import { ClusterError } from '../../../server/errors/index.ts';
import { type Estimate, estimateOf } from '../estimate/index.ts';

/** A process that was looked at once. */
export interface MemoryPoint {
  readonly sockets: number;
  readonly rssBytes: number;
}

/** Memory of a process by its sockets. */
export interface MemoryModel {
  /** Bytes of one more socket. */
  readonly perSocket: Estimate;
  /** Bytes without any. */
  readonly base: number;
}

/** Points fewer than this tell a slope but not how far it may be off. */
const LEAST_POINTS = 3;

/**
 * Fits a line by least squares; the spread of its slope is the standard error over the slope.
 * @throws ClusterError `OPTION_INVALID` for fewer than three points, points with one number of sockets, or memory that
 *   does not grow with them.
 */
export function fitMemory(points: readonly MemoryPoint[]): MemoryModel {
  const meanSockets = mean(points.map(({ sockets }) => sockets));
  const meanBytes = mean(points.map(({ rssBytes }) => rssBytes));
  const width = points.reduce((sum, { sockets }) => sum + (sockets - meanSockets) ** 2, 0);
  if (points.length < LEAST_POINTS || width === 0) {
    const numbers = new Set(points.map(({ sockets }) => sockets)).size;
    const seen = `${points.length} looks at ${numbers} numbers of sockets`;
    throw refusal(`${seen}, wanted ${LEAST_POINTS} looks or more at two numbers of sockets or more`);
  }
  const slope =
    points.reduce((sum, { sockets, rssBytes }) => sum + (sockets - meanSockets) * (rssBytes - meanBytes), 0) /
    width;
  if (slope <= 0)
    throw refusal(`memory changes by ${slope.toFixed(0)} bytes a socket, wanted is more than 0`);
  const base = meanBytes - slope * meanSockets;
  const squares = points.reduce(
    (sum, { sockets, rssBytes }) => sum + (rssBytes - base - slope * sockets) ** 2,
    0,
  );
  const error = Math.sqrt(squares / (points.length - 2) / width);
  return { perSocket: estimateOf(slope, error / slope), base: Math.max(0, base) };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

function refusal(what: string): ClusterError {
  return new ClusterError(`Cannot tell the memory of a socket: ${what}`, { code: 'OPTION_INVALID' });
}
