/** How figures are written, the same on the terminal, on the page and in the job summary. English notation. */

/** What stands where a run has no such figure. */
export const ABSENT = '–';

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const plain = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 15 });

/** Writes a number of things: `42,000`. */
export function formatCount(value: number | null | undefined): string {
  return isFigure(value) ? whole.format(value) : ABSENT;
}

/** Writes a figure that may be small or large: two decimals below 100, one below 1,000, none above. */
export function formatDecimal(value: number | null | undefined): string {
  if (!isFigure(value)) return ABSENT;
  const size = Math.abs(value);
  if (size >= 1_000) return whole.format(value);
  return value.toFixed(size >= 100 ? 1 : 2);
}

/** Writes what lies between two figures, as one where both look the same: `0.12 to 0.18`. */
export function formatRange(least: number, most: number): string {
  const [from, to] = [formatDecimal(least), formatDecimal(most)];
  return from === to ? to : `${from} to ${to}`;
}

/** Writes a number of things with their name: `1 worker`, `2 workers`. */
export function formatThings(count: number, name: string): string {
  return `${formatCount(count)} ${name}${count === 1 ? '' : 's'}`;
}

/** Writes a rate: whole from 100 on, one decimal below. */
export function formatRate(value: number | null | undefined): string {
  if (!isFigure(value)) return ABSENT;
  return Math.abs(value) >= 100 ? whole.format(value) : value.toFixed(1);
}

/** Writes a share between 0 and 1 as per cent with one decimal. */
export function formatShare(value: number | null | undefined): string {
  return isFigure(value) ? `${(value * 100).toFixed(1)} %` : ABSENT;
}

/** Writes a figure without rounding it, so that it can be held against a rule. */
export function formatExact(value: number | null): string {
  return isFigure(value) ? plain.format(Number(value.toPrecision(6))) : ABSENT;
}

/** Writes a length of time given in seconds: `05:37`, `1:02:03`. */
export function formatClock(seconds: number): string {
  const rounded = Math.max(0, Math.round(seconds));
  const minutes = pad(Math.floor(rounded / 60) % 60);
  const hours = Math.floor(rounded / 3_600);
  return `${hours > 0 ? `${hours}:` : ''}${minutes}:${pad(rounded % 60)}`;
}

/** Writes an ISO time so that people can read it: `2026-03-01 12:00:05 UTC`. */
export function formatInstant(iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? iso : `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** Writes a version of Node as `Node 20.20.2`: `process.version` begins with a v, which says nothing more. */
export function formatNode(version: string): string {
  return `Node ${version.replace(/^v/, '')}`;
}

/** Writes what runs on a host: `kernel 6.1, Node 20.20.2`, and whether its idle processors were kept from halting. */
export function formatSystem(host: { kernel: string; node: string; isAwake?: boolean }): string {
  const { isAwake = false, kernel, node } = host;
  return `kernel ${kernel}, ${formatNode(node)}${isAwake ? ', idle processors kept awake' : ''}`;
}

/** Writes counts by cause, most frequent first: `timeout 12, refused 3`; empty when there are none. */
export function formatCauses(causes: Record<string, number>): string {
  return Object.entries(causes)
    .filter(([, count]) => count > 0)
    .sort((one, other) => other[1] - one[1])
    .map(([cause, count]) => `${cause} ${formatCount(count)}`)
    .join(', ');
}

/** Adds up counts by cause. */
export function totalOf(causes: Record<string, number>): number {
  return Object.values(causes).reduce((total, count) => total + count, 0);
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}

function isFigure(value: number | null | undefined): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
