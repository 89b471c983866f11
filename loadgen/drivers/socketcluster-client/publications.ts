/** The publications of load processes as data: the same that the fast driver writes and reads as bytes. */
import type { Publication } from '../driver.ts';
import { fieldOf } from '../socketcluster/index.ts';

/** What travels in a channel. */
interface Body {
  /** Mark of the run. */
  r: string;
  p: number;
  n: number;
  /** Intended time, microseconds since the common start. */
  t: number;
  f: string;
}

/** Makes the data of a publication, with a filler of so many bytes. */
export function packPublication(
  { publisher, sequence, intended }: Readonly<Publication>,
  mark: string,
  fillerBytes: number,
): Body {
  const t = Math.round(intended * 1e6);
  return { r: mark, p: publisher, n: sequence, t, f: 'f'.repeat(fillerBytes) };
}

/** Reads the data of a publication; what is no number becomes NaN. Undefined for one of another run. */
export function readPublication(channel: number, data: unknown, mark: string): Publication | undefined {
  const own = fieldOf(data, 'r');
  if (typeof own === 'string' && own !== mark) return undefined;
  const [publisher, sequence] = [numberIn(data, 'p'), numberIn(data, 'n')];
  return { channel, publisher, sequence, intended: numberIn(data, 't') / 1e6 };
}

/** The number in a field; NaN where there is none. */
export function numberIn(data: unknown, name: string): number {
  const value = fieldOf(data, name);
  return typeof value === 'number' ? value : Number.NaN;
}
