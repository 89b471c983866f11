/** How figures of a plan are written: no more digits than anybody can stand for, and never without a unit. */
import { ABSENT, formatDecimal } from '../../figures/index.ts';

/** A figure, or none: what is missing or no number is written as absent. */
type Figure = number | null | undefined;

/** What an interval has. */
interface Interval {
  readonly lower: number;
  readonly median: number;
  readonly upper: number;
}

const measured = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 4 });
const estimated = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 });
const cents = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** Names of sizes, each a thousand times the one before. */
const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'];

/** Writes what was measured, with four digits that count: `12,340`. */
export function writeNumber(value: Figure): string {
  return isFigure(value) ? measured.format(value) : ABSENT;
}

/** Writes what is estimated, with three digits that count: `61,200`. */
export function writeEstimated(value: Figure): string {
  return isFigure(value) ? estimated.format(value) : ABSENT;
}

/** Writes a load: `12,340 messages/s`. */
export function writeLoad(load: Figure): string {
  return `${writeNumber(load)} messages/s`;
}

/** Writes a number of users, whole ones: `61,700 users`. */
export function writeUsers(users: Figure): string {
  const rounded = isFigure(users) ? Math.round(users) : users;
  return `${writeNumber(rounded)} ${rounded === 1 ? 'user' : 'users'}`;
}

/** Writes an interval of 90 % behind its median: `12,600 (90 %: 12,100 to 13,200)`; the median alone where it is certain. */
export function writeInterval(
  { lower, median, upper }: Interval,
  write: (value: number) => string = writeNumber,
): string {
  const [from, middle, to] = [write(lower), write(median), write(upper)];
  return from === to ? middle : `${middle} (90 %: ${from} to ${to})`;
}

/** Writes dollars: to the cent below 100, whole ones above. */
export function writeDollars(value: Figure): string {
  return isFigure(value) ? `$${(value < 100 ? cents : whole).format(value)}` : ABSENT;
}

/** Writes a share as whole per cent, never as all where something is missing. */
export function writePercent(share: Figure): string {
  if (!isFigure(share)) return ABSENT;
  return `${share < 1 ? Math.min(99, Math.round(share * 100)) : 100} %`;
}

/** Writes a share of messages to a hundredth of a per cent, rounded down: `99.53 %`. */
export function writeInTime(share: Figure): string {
  if (!isFigure(share)) return ABSENT;
  // A hair more than the share, as 0.29 is 28.999… of a hundred.
  return `${(Math.floor(share * 10_000 + 1e-6) / 100).toFixed(2)} %`;
}

/** Writes a size: `8.20 KB`; a kilobyte is 1,000 bytes. */
export function writeBytes(bytes: Figure): string {
  if (!isFigure(bytes)) return ABSENT;
  const power = Math.max(0, Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  return `${power === 0 ? writeNumber(bytes) : formatDecimal(bytes / 1_000 ** power)} ${UNITS[power] ?? 'B'}`;
}

/** Gives the points of an objective, `99 % < 50 ms and 99.9 % < 200 ms`, with their limits; none of another text. */
export function limitsOfSlo(slo: string): { withinMs: number; text: string }[] {
  return slo.split(/,|\band\b/).flatMap((part) => {
    const [, limit] = /(?:<=?|≤)\s*([\d.]+)\s*ms\s*$/.exec(part.trim()) ?? [];
    const withinMs = Number(limit);
    return withinMs > 0 ? [{ withinMs, text: part.trim() }] : [];
  });
}

function isFigure(value: Figure): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
