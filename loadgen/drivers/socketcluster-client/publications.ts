/** The publications of load processes as data: the same that the fast driver writes and reads as bytes. */
import type { Publication } from '../driver.ts';

/** What travels in a channel. */
interface Body {
  p: number;
  n: number;
  /** Microseconds since the epoch. */
  t: number;
  f: string;
}

/** Makes the data of a publication, with a filler of so many bytes. */
export function packPublication(
  { publisher, sequence, intended }: Readonly<Publication>,
  startEpochMs: number,
  fillerBytes: number,
): Body {
  const t = Math.round(startEpochMs * 1000 + intended * 1e6);
  return { p: publisher, n: sequence, t, f: 'f'.repeat(fillerBytes) };
}

/** Reads the data of a publication; what is no number becomes NaN. */
export function readPublication(channel: number, data: unknown, startEpochMs: number): Publication {
  const { p, n, t } = (typeof data === 'object' && data !== null ? data : {}) as Partial<
    Record<string, unknown>
  >;
  return {
    channel,
    publisher: numberOf(p),
    sequence: numberOf(n),
    intended: (numberOf(t) - startEpochMs * 1000) / 1e6,
  };
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : Number.NaN;
}
