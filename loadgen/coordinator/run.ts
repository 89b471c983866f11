/**
 * One run from beginning to end: resolve, check the host, start target and load processes, let them go at
 * one instant, gather their seconds, judge, report, and leave nothing running.
 */
import { ClusterError } from '../../server/errors/index.ts';
import { createShutdown, type Shutdown } from '../../server/process/index.ts';
import { isLoopback } from '../doctor/index.ts';
import { processClockMs } from '../host/index.ts';
import { type HttpRequests, startHttp } from '../http/index.ts';
import { evaluateRules, type Fit } from '../plan/index.ts';
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
import { startHosts } from './hosts/index.ts';
import { claimFolder, prepareFolder, Results } from './kept/index.ts';
import { type Prepared, prepareRun, type RunRequest, serverOptions } from './prepare/index.ts';
import { type Hired, hireAgents } from './remote/index.ts';
import { bundleOf, sharesOf } from './shares/index.ts';
import type { Target } from './target.ts';

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
/** Between the last load process being ready and the common start, milliseconds: longer where others must hear of it. */
const START_DELAY_MS = 500;
const REMOTE_START_DELAY_MS = 2_000;
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
  const prepared = await prepareRun(request);
  const { resolved, folder, foreign } = prepared;
  prepareFolder(request.out);
  if (foreign !== undefined) {
    const behaviours = resolved.plan.groups.map(({ behaviour }) => behaviour);
    for (const target of [foreign, ...foreign.others])
      await checkTarget({ ...resolved, target, insecure: request.insecure ?? false, behaviours });
  }
  const shutdown = createShutdown({ deadlineMs: END_WITHIN_MS });
  try {
    const hired = await hireFor(prepared, request, interrupt);
    if (hired !== undefined) shutdown.add('agents', () => hired.release());
    const fit = hired?.fit ?? prepared.fit;
    const { hosts } = resolved.target;
    const target = foreign ?? (await startHosts(hosts, serverOptions(resolved, folder), request.profile));
    shutdown.add('target', () => target.stop());
    return await drive({ request, resolved, folder, fit, hired, target, shutdown, listeners, interrupt });
  } finally {
    for (const { name, error } of await shutdown.close()) {
      listeners.trouble(`Cannot end the run in order, "${name}" is left: ${String(error)}`);
    }
  }
}

/** Agents for a run that asked for some. */
async function hireFor(
  { resolved: { plan }, foreign }: Prepared,
  { agents, loadProcesses = 1 }: RunRequest,
  interrupt: AbortSignal,
): Promise<Hired | undefined> {
  if (agents === undefined) return undefined;
  const { scenario, users } = plan;
  const loopback = isLoopback(foreign?.address);
  const engagement = { scenario, users, leastProcesses: loadProcesses, loopback };
  return hireAgents(agents, engagement, interrupt).catch((error: unknown) => {
    // Whoever is interrupted while waiting for agents finds too few of them.
    refuseInterrupted(interrupt);
    throw error;
  });
}

interface Parts {
  request: RunRequest;
  resolved: Resolved;
  /** Folder of the scenario file. */
  folder: string;
  fit: Fit;
  /** Agents on other hosts; undefined when all load processes run here. */
  hired: Hired | undefined;
  target: Target;
  shutdown: Shutdown;
  listeners: RunListeners;
  interrupt: AbortSignal;
}

async function drive(parts: Parts): Promise<RunOutcome> {
  const { request, resolved, fit, hired, target, shutdown, listeners, interrupt } = parts;
  const { command, forecast, profile } = request;
  refuseInterrupted(interrupt);
  await hired?.agree(bundleOf(parts));
  const gathering = new Gathering(fit.processes, listeners, createFanoutJoin(resolved.plan, fit.processes));
  const agents = await startAgents(sharesOf(parts), gathering, hired?.start);
  shutdown.add('load processes', () => agents.stop());
  const requests = await startRequests(parts);
  await hired?.synchronize();
  refuseInterrupted(interrupt);

  // Nothing is awaited before all listen to all: neither a loss nor an interrupt falls in between.
  const delayMs = hired === undefined ? START_DELAY_MS : REMOTE_START_DELAY_MS;
  const startAt = processClockMs() + delayMs;
  const { precedence, sourceAddresses } = agents;
  const generator = { ...fit, precedence, sourceAddresses, agents: hired?.facts() };
  const header = makeHeader({ command, forecast, profile, resolved, target, generator, startAt });
  const results = openResults(parts, header, gathering);
  gathering.begin(header, results.record, resolved.rules);
  const evaluate = (summary: Summary): RuleResult[] => evaluateRules(resolved.rules, summary);
  listeners.begin(header, () => gathering.soFar(evaluate));
  agents.go(startAt);
  hired?.watch((text) => gathering.warn(text));
  requests?.go(startAt);
  const faults = createFaults(parts, gathering);
  shutdown.add('faults', () => faults.end());
  faults.begin(startAt);
  const look = (found: Look): void => {
    gathering.look(found);
    faults.look(found.probe);
  };
  const probing = probeEverySecond(stateUrlsOf(target), startAt, look, requests?.pid);
  shutdown.add('probe', () => probing.stop());
  interrupt.addEventListener('abort', () => gathering.interrupt(), { once: true });
  void target.ended.then((exit) => gathering.targetLost(exit));
  let early: EarlyEnd | undefined;
  void gathering.early.then((why) => {
    early = why;
    faults.end();
    agents.abort();
  });
  const overdue = setTimeout(() => agents.abort(), delayMs + lengthMs(resolved) + MOST_DELAY_MS);
  shutdown.add('deadline', () => clearTimeout(overdue));
  const totals = await agents.totals;
  faults.end();
  probing.stop();
  if (requests !== undefined) gathering.http(await requests.stop());

  const run = gathering.conclude(totals, evaluate, hired?.clockErrors());
  // Others may want them while this host writes its reports.
  await agents.stop();
  await hired?.release();
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

function createFaults({ resolved, target: { stateUrl, restart } }: Parts, gathering: Gathering): Faults {
  return new Faults({
    faults: resolved.faults,
    processes: async () => (stateUrl === undefined ? undefined : (await fetchState(stateUrl))?.processes),
    note: (event) => gathering.fault(event),
    hosts: resolved.target.hosts,
    restart,
  });
}

/** Where all hosts of a target tell of themselves. */
function stateUrlsOf({ stateUrl, hostStateUrls }: Target): readonly string[] {
  return hostStateUrls ?? (stateUrl === undefined ? [] : [stateUrl]);
}

function lengthMs({ plan }: Resolved): number {
  return (plan.phases.at(-1)?.end ?? 0) * MILLISECONDS;
}
