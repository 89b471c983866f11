/**
 * One run from beginning to end: resolve, check the host, start target and load processes, let them go at
 * one instant, gather their seconds, judge, report, and leave nothing running.
 */
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { writeReports } from '../../reports/index.ts';
import { ClusterError } from '../../server/errors/index.ts';
import type { OptionsInput } from '../../server/options/index.ts';
import { createShutdown, entry, type Shutdown } from '../../server/process/index.ts';
import { fitRun } from '../doctor/index.ts';
import { evaluateRules, type Fit, type Share } from '../plan/index.ts';
import { type Overrides, type Resolved, resolvePlan } from '../plan/resolve/index.ts';
import { probeEverySecond } from '../probe/index.ts';
import { createRecord, type Header, type Run, type Second } from '../results/index.ts';
import { startAgents } from './agents.ts';
import { exitCodeOf } from './exit-code.ts';
import { type EarlyEnd, Gathering } from './gathering.ts';
import { makeHeader } from './header.ts';
import { loadScenario } from './scenarios.ts';
import { foreignTarget, startTarget, type Target } from './target.ts';

/** What is asked for on the command line. */
export interface RunRequest {
  /** Name of a scenario, or a file. */
  scenario: string;
  overrides: Overrides;
  /** Least number of load processes. */
  loadProcesses?: number | undefined;
  /** URL of a target that runs already. */
  target?: string | undefined;
  /** Folder for the results; a new one under `reports/runs` by default. */
  out?: string | undefined;
  /** The command line that repeats this run. */
  command: string;
}

/** Told of a run while it goes on. */
export interface RunListeners {
  begin(header: Header): void;
  second(second: Second): void;
}

export interface RunOutcome {
  run: Run;
  /** Files that were written, the record first. */
  files: string[];
  exitCode: number;
}

/** Between the last load process being ready and the common start, milliseconds. */
const START_DELAY_MS = 500;
/** Time for everything to end, milliseconds. */
const END_WITHIN_MS = 30_000;

/**
 * Runs a scenario. Aborting the signal ends the run early and keeps what was measured.
 *
 * @throws ClusterError SCENARIO_UNKNOWN, OPTION_INVALID, LIMIT_EXCEEDED, PORT_IN_USE … when the run cannot begin.
 */
export async function runScenario(
  request: RunRequest,
  listeners: RunListeners,
  interrupt: AbortSignal,
): Promise<RunOutcome> {
  const { scenario, folder } = await loadScenario(request.scenario);
  const resolved = resolvePlan(scenario, request.overrides);
  const fit = fitRun(resolved, request);
  const shutdown = createShutdown({ deadlineMs: END_WITHIN_MS });
  try {
    const target =
      request.target === undefined
        ? await startTarget(serverOptions(resolved, folder))
        : foreignTarget(request.target);
    shutdown.add('target', () => target.stop());
    return await drive({ request, resolved, fit, target, shutdown, listeners, interrupt });
  } finally {
    await shutdown.close();
  }
}

interface Parts {
  request: RunRequest;
  resolved: Resolved;
  fit: Fit;
  target: Target;
  shutdown: Shutdown;
  listeners: RunListeners;
  interrupt: AbortSignal;
}

async function drive({
  request,
  resolved,
  fit,
  target,
  shutdown,
  listeners,
  interrupt,
}: Parts): Promise<RunOutcome> {
  const gathering = new Gathering(fit.processes, (second) => listeners.second(second));
  const agents = await startAgents(sharesOf(resolved, fit, target), gathering);
  shutdown.add('load processes', () => agents.stop());
  if (interrupt.aborted) {
    throw new ClusterError('Cannot finish the run: it was interrupted before its start', {
      code: 'RUN_INTERRUPTED',
    });
  }
  const startAt = performance.timeOrigin + performance.now() + START_DELAY_MS;
  const header = makeHeader({ resolved, target, generator: fit, command: request.command, startAt });
  const directory = await makeDirectory(request.out, header);
  const recordPath = join(directory, 'run.jsonl');
  const record = createRecord(recordPath);
  shutdown.add('run record', () => record.close());

  gathering.begin(header, record);
  listeners.begin(header);
  agents.go(startAt);
  const probing = probeEverySecond(target.stateUrl, startAt, (look) => gathering.look(look));
  shutdown.add('probe', () => probing.stop());
  let early: EarlyEnd | undefined;
  void gathering.early.then((why) => {
    early = why;
    agents.abort();
  });
  interrupt.addEventListener('abort', () => gathering.interrupt(), { once: true });
  const totals = await agents.totals;
  probing.stop();

  const run = gathering.conclude(totals, (summary) => evaluateRules(resolved.rules, summary));
  const files = [recordPath, ...(await writeReports(run, directory))];
  return { run, files, exitCode: exitCodeOf(run, early) };
}

function serverOptions({ target }: Resolved, folder: string): OptionsInput {
  const { controller, options, workers, brokers } = target;
  return {
    port: 0,
    logLevel: 1,
    ...options,
    workers,
    brokers,
    workerController: resolve(folder, controller),
  };
}

function sharesOf({ plan, driver }: Resolved, { processes, sourceAddresses }: Fit, target: Target): Share[] {
  const { host, port, path } = target;
  return Array.from({ length: processes }, (_, process) => ({
    plan,
    process,
    processes,
    target: { host, port, path },
    sourceAddresses,
    driver,
  }));
}

/** Makes the folder of a run. Its name sorts by time: `2026-11-21T23-16-48Z-42k-users`. */
async function makeDirectory(out: string | undefined, header: Header): Promise<string> {
  const stamp = header.startedAt.replace(/\.\d+Z$/, 'Z').replaceAll(':', '-');
  const directory = out ?? join(entry('..'), 'reports', 'runs', `${stamp}-${header.scenario}`);
  try {
    await mkdir(directory, { recursive: true });
  } catch (error) {
    throw new ClusterError(`Cannot write results to "${directory}": the folder cannot be made`, {
      code: 'OPTION_INVALID',
      cause: error,
    });
  }
  return directory;
}
