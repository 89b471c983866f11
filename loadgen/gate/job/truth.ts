/** What a job adds to the ledger and takes from it. Kept are jobs of which the truth is known, and steps of the history. */
import { existsSync } from 'node:fs';
import {
  appendEntry,
  type GateHeader,
  LEDGER_VERSION,
  type LedgerEntry,
  type MetricName,
  metrics,
  type Result,
  readLedger,
  runnerOf,
  standingOf,
} from '../../../reports/gate/index.ts';

/** A job, and what was known of its builds beforehand. */
export interface KnownJob {
  readonly header: GateHeader;
  readonly result: Result;
  /** Whether both builds are the same but for what is planted. */
  readonly isEqual: boolean;
  /** Whether they are two commits by name: a step of the history, which trends follow. */
  readonly isStep: boolean;
}

/** Names the metrics that raised more false alarms than chance explains; none without a ledger. */
export function quarantinedIn(
  ledger: string | undefined,
  { scenario, host }: Pick<GateHeader, 'scenario' | 'host'>,
): MetricName[] {
  if (ledger === undefined || !existsSync(ledger)) return [];
  const entries = readLedger(ledger);
  const runner = runnerOf(host);
  return (Object.keys(metrics) as MetricName[]).filter((metric) => {
    return standingOf(entries, { metric, scenario, runner }).isQuarantined;
  });
}

/**
 * Appends a job to the ledger, if it came to its end, and its truth is known or it is a step of the history.
 *
 * @returns Whether it did.
 * @throws ClusterError OPTION_INVALID or RESULTS_UNWRITTEN when the ledger cannot be written.
 */
export function keepInLedger(ledger: string, job: KnownJob): boolean {
  const entry = entryOf(job);
  if (entry === undefined) return false;
  appendEntry(ledger, entry);
  return true;
}

/** Makes the line of the ledger; undefined where the job has no place in it or nothing was found. */
export function entryOf({ header, result, isEqual, isStep }: KnownJob): LedgerEntry | undefined {
  const { status, isFinished, rows } = result;
  const commits = isStep && !isEqual ? stepOf(header) : undefined;
  if ((!isEqual && commits === undefined) || !isFinished || status === 'invalid') return undefined;
  const { settings, startedAt, scenario, injected, seed, host } = header;
  const level = settings.level / settings.hypotheses.length;
  const findings = rows.flatMap(({ metric, verdict, effect, spread, blocks }) => {
    return verdict === undefined ? [] : { metric, verdict, effect, spread, blocks, level };
  });
  if (findings.length === 0) return undefined;
  return {
    ...{ version: LEDGER_VERSION, at: startedAt, scenario, runner: runnerOf(host), seed },
    ...(injected !== undefined && { injected: { name: injected, effect: effectOf(injected) } }),
    ...(commits && { commits }),
    findings,
  };
}

/** What a second attempt finds was found before. */
function stepOf({ base, candidate, attempt, injected }: GateHeader): LedgerEntry['commits'] {
  if (injected !== undefined || attempt > 1) return undefined;
  if (base.commit === undefined || candidate.commit === undefined) return undefined;
  return { base: base.commit, candidate: candidate.commit };
}

/** Kinds of which the size is a share of what they make dearer. Of the others nobody knows it beforehand. */
const SHARES = ['parse', 'memory'];

const PER_CENT = 100;

function effectOf(injected: string): number {
  const [kind = '', size] = injected.split(':');
  return SHARES.includes(kind) ? Number(size) / PER_CENT : 0;
}
