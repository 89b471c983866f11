/** One row for each run of a driver, and what they say together. */

/** The drivers that are compared, the fast one first. */
export const drivers = ['socketcluster', 'socketcluster-client'] as const;

/** One of them. */
export type Driver = (typeof drivers)[number];

/** A run: the part of `summary.json` that is read. */
export interface Told {
  driver: Driver;
  verdict: { validity: string };
  messages: { received: number };
  latencyMs: Record<'response' | 'service' | 'lateness', { p50: number; p99: number }>;
}

/** By how much the median of the published client may be longer at low load, milliseconds. */
const BOUND_MS = 0.2;

/** The head of the table. */
export function formatHead(): string {
  return (
    '| round | driver | messages | response p50 | p99 | service p50 | lateness p50 | validity |\n' +
    '|---|---|---|---|---|---|---|---|\n'
  );
}

/** One run. */
export function formatRow(round: number, { driver, verdict, messages, latencyMs }: Told): string {
  const { response, service, lateness } = latencyMs;
  const times = [response.p50, response.p99, service.p50, lateness.p50].map((time) => time.toFixed(3));
  const cells = [round, driver, messages.received, ...times, verdict.validity];
  return `| ${cells.join(' | ')} |\n`;
}

/** What all runs say. */
export function formatOutcome(told: readonly Told[]): string {
  const [fast, published] = drivers.map((driver) => medianOf(told, driver).toFixed(3));
  return (
    `\nMedian response p50 of ${told.filter(isCounted).length} runs: ${fast} ms by ${drivers[0]}, ${published} ms by ${drivers[1]}; ` +
    `difference ${differenceMs(told).toFixed(3)} ms, wanted ${BOUND_MS} at most\n`
  );
}

/** Whether the drivers say the same, as far as they are to. */
export function isWithinBound(told: readonly Told[]): boolean {
  return Math.abs(differenceMs(told)) <= BOUND_MS;
}

/** Of an invalid run the times may be the generator's own. */
function isCounted({ verdict }: Told): boolean {
  return verdict.validity !== 'invalid';
}

function differenceMs(told: readonly Told[]): number {
  return medianOf(told, drivers[1]) - medianOf(told, drivers[0]);
}

function medianOf(told: readonly Told[], wanted: Driver): number {
  const sorted = told
    .filter((one) => one.driver === wanted && isCounted(one))
    .map(({ latencyMs }) => latencyMs.response.p50)
    .sort((one, other) => one - other);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle)] ?? Number.NaN)) / 2;
}
