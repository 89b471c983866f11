/** What commands that run something have in common: it is watched, ends early when asked to, and is summed up. */
import { type Broadcast, startBroadcast } from '../../reports/index.ts';
import { onSignals } from '../../server/process/index.ts';
import { consult, prepareRun, type RunRequest, runScenario } from '../coordinator/index.ts';
import { forecastOf } from '../doctor/index.ts';
import type { DriverName } from '../plan/index.ts';
import type { Forecast } from '../results/index.ts';
import { printSummary } from './values/index.ts';
import { formatAdvice, watch } from './views/index.ts';

/** How users may speak. */
export const drivers: readonly DriverName[] = ['socketcluster', 'socketcluster-client', 'websocket'];

/** Users from which on the doctor is asked before a run. */
const LARGE_USERS = 10_000;

/** What is shown of a run. */
export interface Showing {
  /** What was asked for by name; a run without it is introduced. */
  scenario?: string | undefined;
  /** Number of a user whose frames are printed. */
  traceUser?: number | undefined;
  /** Port of a page for browsers, or any. */
  live?: number | true | undefined;
  /** Whether `summary.json` is printed instead of the summary. */
  json?: boolean | undefined;
  quiet?: boolean | undefined;
  /** Whether the doctor is asked before a large run. Default true. */
  doctor?: boolean | undefined;
}

/** Runs what is requested, and sets the exit code. */
export async function execute(request: RunRequest, showing: Showing): Promise<void> {
  const interrupt = new AbortController();
  // Listened to until the process is gone: an interrupt that comes too late must not spoil the exit code.
  onSignals(() => interrupt.abort());
  const broadcast = showing.live === undefined ? undefined : await openPage(showing.live);
  try {
    const forecast = await foretell(request, showing, interrupt.signal);
    const watching = watch(showing, broadcast);
    const { run, files, exitCode } = await runScenario({ ...request, forecast }, watching, interrupt.signal);
    watching.end();
    broadcast?.finish(run);
    if (showing.json === true) {
      process.stdout.write(`${JSON.stringify(run.summary, null, 2)}\n`);
    } else {
      printSummary(run.summary, files);
    }
    process.exitCode = exitCode;
  } finally {
    await broadcast?.close();
  }
}

/** Asks the doctor, and says what it says, where users are many enough to make a failed run dear. */
async function foretell(
  request: RunRequest,
  { doctor = true, quiet }: Showing,
  signal: AbortSignal,
): Promise<Forecast | undefined> {
  if (!doctor || signal.aborted) return undefined;
  const { resolved } = await prepareRun(request);
  if (resolved.plan.users < LARGE_USERS) return undefined;
  const examination = await consult(request, { interrupt: signal });
  if (quiet !== true) process.stderr.write(formatAdvice(examination));
  return forecastOf(examination);
}

async function openPage(live: number | true): Promise<Broadcast> {
  const broadcast = await startBroadcast(live === true ? 0 : live);
  process.stderr.write(`Live page: ${broadcast.url}\n`);
  return broadcast;
}
