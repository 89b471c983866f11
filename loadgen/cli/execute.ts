/** What commands that run something have in common: it is watched, ends early when asked to, and is summed up. */
import { type Broadcast, startBroadcast } from '../../reports/index.ts';
import { onSignals } from '../../server/process/index.ts';
import { type RunRequest, runScenario } from '../coordinator/index.ts';
import type { DriverName } from '../plan/index.ts';
import { foretell } from './doctor/index.ts';
import { printSummary } from './values/index.ts';
import { watch } from './views/index.ts';

/** How users may speak. */
export const drivers: readonly DriverName[] = ['socketcluster', 'socketcluster-client', 'websocket'];

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

/** Runs what is requested, and sets the exit code. `run` does it: `runScenario`, or something like it. */
export async function execute(
  request: RunRequest,
  showing: Showing,
  run: typeof runScenario = runScenario,
): Promise<void> {
  const interrupt = new AbortController();
  // Listened to until the process is gone: an interrupt that comes too late must not spoil the exit code.
  onSignals(() => interrupt.abort());
  const broadcast = showing.live === undefined ? undefined : await openPage(showing.live);
  const say = (text: string): unknown => showing.quiet === true || process.stderr.write(text);
  try {
    const forecast = showing.doctor === false ? undefined : await foretell(request, say, interrupt.signal);
    const watching = watch(showing, broadcast);
    const outcome = await run({ ...request, forecast }, watching, interrupt.signal);
    const { files, exitCode } = outcome;
    const { summary } = outcome.run;
    watching.end();
    broadcast?.finish(outcome.run);
    if (showing.json === true) {
      process.stdout.write(`${JSON.stringify(summary, null, 2)}\n`);
    } else {
      printSummary(summary, files);
    }
    process.exitCode = exitCode;
  } finally {
    await broadcast?.close();
  }
}

async function openPage(live: number | true): Promise<Broadcast> {
  const broadcast = await startBroadcast(live === true ? 0 : live);
  process.stderr.write(`Live page: ${broadcast.url}\n`);
  return broadcast;
}
