/** One row for each run: what the load process told of itself, beside how wrong its figures were. */

/** What came of one run. */
export interface Row {
  step: string;
  validity: string;
  /** Milliseconds, as measured and as the server gave it. */
  response: number;
  given: number;
  /** Lateness at 99.5 %, and what of it comes from the way the load process slept. */
  error: number;
  /** How long what came in waited to be read at 99.5 %, in the latest process. */
  delay: number;
  resolution: number;
  loop: number;
  wait: number;
  throttled: number;
  steal: number;
  reason: string;
}

/** The part of `summary.json` that is read. */
export interface Told {
  verdict: { validity: string; reasons: string[] };
  latencyMs: { response?: { p99: number } };
  generator: {
    errorMs: number;
    resolutionMs?: number;
    processes: {
      id: number;
      loopUtilisation: number;
      waitMsPerSecond: number;
      throttledMsPerSecond: number;
      loopDelayMs?: { p995: number };
    }[];
  };
  host: { stealPercent: number };
}

const PERCENT = 100;

/** How far off the p99 of a run may be that is not called invalid: a share of it, or milliseconds where that is more. */
const MOST_OFF = 0.1;
const MOST_OFF_MS = 1;

/** Makes a row out of a summary. `given` is the p99 the server itself gave. */
export function toRow(step: string, { verdict, latencyMs, generator, host }: Told, given: number): Row {
  const load = generator.processes.filter(({ id }) => id >= 0);
  const most = (of: (process: (typeof load)[number]) => number): number => Math.max(0, ...load.map(of));
  return {
    step,
    validity: verdict.validity,
    response: latencyMs.response?.p99 ?? Number.NaN,
    given,
    error: generator.errorMs,
    delay: most(({ loopDelayMs }) => loopDelayMs?.p995 ?? 0),
    resolution: generator.resolutionMs ?? 0,
    loop: most(({ loopUtilisation }) => loopUtilisation),
    wait: most(({ waitMsPerSecond }) => waitMsPerSecond),
    throttled: most(({ throttledMsPerSecond }) => throttledMsPerSecond),
    steal: host.stealPercent,
    reason: verdict.reasons[0] ?? '',
  };
}

const COLUMNS = [
  'step',
  'p99 ms',
  'given',
  'off',
  'told',
  'lateness p99.5 ms',
  'loop delay p99.5 ms',
  'of it sleep',
  'loop',
  'wait ms/s',
  'throttled ms/s',
  'steal %',
  'verdict',
];

/** The head of the table, as Markdown. */
export function formatHead(): string {
  return `| ${COLUMNS.join(' | ')} |\n|${'---|'.repeat(COLUMNS.length)}\n`;
}

/** A row, with how far its p99 is from what the server gave, and whether that was told in time. */
export function formatRow(row: Row): string {
  const cells = [
    row.step,
    row.response.toFixed(2),
    row.given.toFixed(2),
    `${(row.response - row.given).toFixed(2)} ms, ${((PERCENT * (row.response - row.given)) / row.given).toFixed(1)} %`,
    outcomeOf(row),
    row.error.toFixed(2),
    row.delay.toFixed(2),
    row.resolution.toFixed(2),
    row.loop.toFixed(2),
    row.wait.toFixed(1),
    row.throttled.toFixed(1),
    row.steal.toFixed(1),
    `${row.validity}${row.reason === '' ? '' : `: ${row.reason}`}`,
  ];
  return `| ${cells.join(' | ')} |\n`;
}

/** Says how many runs got each verdict, and names those that were off by too much and not called invalid. */
export function formatOutcome(rows: readonly Row[]): string {
  const count = (validity: string): number => rows.filter((row) => row.validity === validity).length;
  const missed = rows.filter((row) => outcomeOf(row) === 'NOT TOLD');
  return (
    `${count('valid')} valid, ${count('suspect')} suspect, ${count('invalid')} invalid of ${rows.length}; ` +
    `off by more than a millisecond and a tenth, and not called invalid: ${missed.map(({ step }) => step).join(', ') || 'none'}\n`
  );
}

/** Whether a run was called invalid before its p99 was off: `NOT TOLD` when not. */
function outcomeOf({ validity, response, given }: Row): 'told before' | 'told' | 'right' | 'NOT TOLD' {
  const isOff = response - given > Math.max(MOST_OFF_MS, MOST_OFF * given);
  if (validity === 'invalid') return isOff ? 'told' : 'told before';
  return isOff ? 'NOT TOLD' : 'right';
}
