/**
 * One run from beginning to end: resolve, check the host, start target and load processes, let them go at
 * one instant, gather their seconds, judge, report, and leave nothing running.
 */
import { ClusterError } from '../../server/errors/index.ts';
import { createShutdown, type Shutdown } from '../../server/process/index.ts';
import { type HttpRequests, startHttp } from '../http/index.ts';
import { evaluateRules, type Fit, type Share } from '../plan/index.ts';
import type { Resolved } from '../plan/resolve/index.ts';
import { fetchState, type Look, probeEverySecond } from '../probe/index.ts';
import type { Header, RuleResult, Run, Second, Summary } from '../results/index.ts';
import { startAgents, type TracedFrame } from './agents.ts';
import { exitCodeOf } from './exit-code.ts';
import { createFanoutJoin } from './fanout/index.ts';
import { Faults } from './faults/index.ts';
import { checkTarget } from './foreign/index.ts';
import { type EarlyEnd, Gathering } from './gathering.ts';
import { makeHeader } from './header.ts';
import { claimFolder, prepareFolder, Results } from './kept/index.ts';
import { locateFiles, prepareRun, type RunRequest, serverOptions } from './prepare/index.ts';
import { startTarget, type Target } from './target.ts';

/** Told of a run while it goes on. */
export interface RunListeners {
  /** `soFar` makes the run as it is at the moment it is called, its rules held against it, its verdict open. */
  begin(header: Header, soFar: () => Run): void;
  second(second: Second): void;
  /** A frame of the user whose frames were asked for. */
  trace?(frame: TracedFrame): void;
  /** Something could not be ended in order, or written; one sentence. */
  trouble(text: string): void;
}

export interface RunOutcome {
  run: Run;
  /** Files that were written, the record first. */
  files: string[];
  exitCode: number;
}

/** In a second. */
const MILLISECONDS = 1_000;
/** Between the last load process being ready and the common start, milliseconds. */
const START_DELAY_MS = 500;
/** Beyond the end of its plan a load process is not waited for longer than this, milliseconds. */
const MOST_DELAY_MS = 10_000;
/** Time for everything to end, milliseconds. */
const END_WITHIN_MS = 30_000;

/**
 * Runs a scenario. Aborting the signal ends the run early and keeps what was measured; so does a disk that is full.
 *
 * @throws ClusterError SCENARIO_UNKNOWN, OPTION_INVALID, LIMIT_EXCEEDED, PORT_IN_USE … when the run cannot
 *   begin, RUN_INTERRUPTED when it was not to begin.
 */
export async function runScenario(
  request: RunRequest,
  listeners: RunListeners,
  interrupt: AbortSignal,
): Promise<RunOutcome> {
  const { resolved, folder, foreign, fit } = await prepareRun(request);
  prepareFolder(request.out);
  if (foreign !== undefined) {
    const behaviours = resolved.plan.groups.map(({ behaviour }) => behaviour);
    await checkTarget({ ...resolved, target: foreign, insecure: request.insecure ?? false, behaviours });
  }
  const shutdown = createShutdown({ deadlineMs: END_WITHIN_MS });
  try {
    const target = foreign ?? (await startTarget(serverOptions(resolved, folder), request.profile));
    shutdown.add('target', () => target.stop());
    return await drive({ request, resolved, folder, fit, target, shutdown, listeners, interrupt });
  } finally {
    for (const { name, error } of await shutdown.close()) {
      listeners.trouble(`Cannot end the run in order, "${name}" is left: ${String(error)}`);
    }
  }
}

interface Parts {
  request: RunRequest;
  resolved: Resolved;
  /** Folder of the scenario file. */
  folder: string;
  fit: Fit;
  target: Target;
  shutdown: Shutdown;
  listeners: RunListeners;
  interrupt: AbortSignal;
}

async function drive(parts: Parts): Promise<RunOutcome> {
  const { request, resolved, fit, target, shutdown, listeners, interrupt } = parts;
  const { command, forecast, profile } = request;
  refuseInterrupted(interrupt);
  const gathering = new Gathering(fit.processes, listeners, createFanoutJoin(resolved.plan, fit.processes));
  const agents = await startAgents(sharesOf(parts), gathering);
  shutdown.add('load processes', () => agents.stop());
  const requests = await startRequests(parts);
  refuseInterrupted(interrupt);

  // Nothing is awaited before all listen to all: neither a loss nor an interrupt falls in between.
  const startAt = performance.timeOrigin + performance.now() + START_DELAY_MS;
  const generator = { ...fit, precedence: agents.precedence };
  const header = makeHeader({ command, forecast, profile, resolved, target, generator, startAt });
  const results = openResults(parts, header, gathering);
  gathering.begin(header, results.record, resolved.rules);
  const evaluate = (summary: Summary): RuleResult[] => evaluateRules(resolved.rules, summary);
  listeners.begin(header, () => gathering.soFar(evaluate));
  agents.go(startAt);
  requests?.go(startAt);
  const faults = createFaults(parts, gathering);
  shutdown.add('faults', () => faults.end());
  faults.begin(startAt);
  const look = (found: Look): void => {
    gathering.look(found);
    faults.look(found.probe);
  };
  const probing = probeEverySecond(target.stateUrl, startAt, look, requests?.pid);
  shutdown.add('probe', () => probing.stop());
  interrupt.addEventListener('abort', () => gathering.interrupt(), { once: true });
  void target.ended.then((exit) => gathering.targetLost(exit));
  let early: EarlyEnd | undefined;
  void gathering.early.then((why) => {
    early = why;
    faults.end();
    agents.abort();
  });
  const overdue = setTimeout(() => agents.abort(), START_DELAY_MS + lengthMs(resolved) + MOST_DELAY_MS);
  shutdown.add('deadline', () => clearTimeout(overdue));
  const totals = await agents.totals;
  faults.end();
  probing.stop();
  if (requests !== undefined) gathering.http(await requests.stop());

  const run = gathering.conclude(totals, evaluate);
  const files = await results.report(run);
  return { run, files, exitCode: exitCodeOf(run, results.isWhole ? early : 'unwritten') };
}

function openResults({ request, shutdown, listeners }: Parts, header: Header, gathering: Gathering): Results {
  const results = new Results(claimFolder(request.out, header), (text) => {
    listeners.trouble(text);
    gathering.unwritten(text);
  });
  shutdown.add('run record', () => results.record.close());
  return results;
}

/** The process for requests to the HTTP side of the target, from its first measured phase to its last. */
async function startRequests({ resolved, target, shutdown }: Parts): Promise<HttpRequests | undefined> {
  const { http, plan } = resolved;
  if (http === null) return undefined;
  const origin = `${target.url.startsWith('wss:') ? 'https' : 'http'}://${new URL(target.url).host}`;
  const start = plan.phases.find(({ measured }) => measured)?.start ?? 0;
  const end = plan.phases.findLast(({ measured }) => measured)?.end ?? 0;
  const { answerWithin } = plan;
  const requests = await startHttp({ ...http, origin, start, end, answerWithin });
  shutdown.add('HTTP requests', async () => void (await requests.stop()));
  return requests;
}

function refuseInterrupted(interrupt: AbortSignal): void {
  if (interrupt.aborted) {
    throw new ClusterError('Cannot begin the run: it was interrupted before its start', {
      code: 'RUN_INTERRUPTED',
    });
  }
}

function createFaults({ resolved, target: { stateUrl } }: Parts, gathering: Gathering): Faults {
  return new Faults({
    faults: resolved.faults,
    processes: async () => (stateUrl === undefined ? undefined : (await fetchState(stateUrl))?.processes),
    note: (event) => gathering.fault(event),
  });
}

function lengthMs({ plan }: Resolved): number {
  return (plan.phases.at(-1)?.end ?? 0) * MILLISECONDS;
}

function sharesOf({ request, resolved, folder, fit, target }: Parts): Share[] {
  const { connect, driver, protocolVersion } = resolved;
  const { processes, sourceAddresses } = fit;
  const { host, port, path, url } = target;
  const plan = locateFiles(resolved.plan, folder);
  return Array.from({ length: processes }, (_, process) => ({
    plan,
    process,
    processes,
    target: { host, port, path, secure: url.startsWith('wss:'), insecure: request.insecure ?? false },
    connect,
    sourceAddresses,
    driver,
    protocolVersion,
    ...(request.traceUser === undefined ? {} : { traceUser: request.traceUser }),
  }));
}
