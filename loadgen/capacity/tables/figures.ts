/** How figures of fleets are written: no more digits than anybody can stand for. English notation. */
import type { Estimate } from '../estimate/index.ts';

/** Digits of a figure that is estimated. */
const DIGITS = 3;

/** Digits of figures for programs. */
const RAW_DIGITS = 6;

const estimated = new Intl.NumberFormat('en-US', { maximumSignificantDigits: DIGITS });
const cents = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** Writes what is estimated, with three digits that count: `61,200`. */
export function writeEstimated(value: number): string {
  return estimated.format(value);
}

/** Writes an estimate with its interval of 90 %: `61,200 (52,000 to 70,500)`; alone where it is certain. */
export function writeInterval({ lower, median, upper }: Estimate): string {
  const [from, middle, to] = [lower, median, upper].map(writeEstimated);
  return from === to ? `${middle}` : `${middle} (${from} to ${to})`;
}

/** Writes dollars: to the cent below 100, whole ones above. */
export function writeDollars(value: number): string {
  return `$${(value < 100 ? cents : whole).format(value)}`;
}

/** Writes a share of 1 as whole per cent; never 100 % for less than all. */
export function writeShare(share: number): string {
  const percent = share < 1 ? Math.min(99, Math.round(share * 100)) : 100;
  return `${percent} %`;
}

/** Writes a number of things by their name: `1 host`, `3 hosts`. */
export function writeThings(count: number, name: string): string {
  return `${whole.format(count)} ${name}${count === 1 ? '' : 's'}`;
}

/** Rounds what goes to a program to six digits that count. */
export function roundRaw(value: number): number {
  return Number(value.toPrecision(RAW_DIGITS));
}
