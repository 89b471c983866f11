/** The doctor with a trial: what a scenario would take of this host, foretold from what its like takes for seconds. */
import { rm } from 'node:fs/promises';
import { ClusterError } from '../../../server/errors/index.ts';
import {
  type Examination,
  examine,
  heartbeatsPerSecond,
  pricesOf,
  refuseProcesses,
  type Trial,
} from '../../doctor/index.ts';
import { type Resolved, resolvePlan } from '../../plan/resolve/index.ts';
import { makeTemporaryFolder, type Run } from '../../results/index.ts';
import { findTarget } from '../foreign/index.ts';
import type { RunRequest } from '../prepare/index.ts';
import { runScenario } from '../run.ts';
import { loadScenario } from '../scenarios.ts';
import { failureOf } from './judge-trial.ts';
import { planTrial } from './plan-trial.ts';

/** Who speaks, and answers, as simply as can be. */
const TRIAL_SCENARIO = 'ping-pong';

/** What the doctor found. */
export interface Consultation {
  examination: Examination;
  /** Why the trial told nothing, so that the prices are those of another host; undefined when it did. */
  failure: ClusterError | undefined;
}

/**
 * Examines this host for a run, and tries it out unless told not to. Nothing is left behind.
 *
 * @throws ClusterError LIMIT_EXCEEDED when the load processes that are asked for cannot be had, RUN_INTERRUPTED when
 *   the trial was interrupted: half of one tells nothing.
 */
export async function consult(
  request: Pick<RunRequest, 'scenario' | 'overrides' | 'target' | 'loadProcesses'>,
  { interrupt, trial = true }: { interrupt: AbortSignal; trial?: boolean },
): Promise<Consultation> {
  const { scenario, overrides, target, loadProcesses } = request;
  const found = typeof scenario === 'string' ? await loadScenario(scenario) : scenario;
  const resolved = resolvePlan(found.scenario, overrides);
  const foreign = target === undefined ? undefined : await findTarget(target, resolved.driver);
  const question = { resolved, targetAddress: foreign?.address, loadProcesses };
  refuseProcesses(resolved, question);
  const untried = examine(question);
  if (!trial) return { examination: untried, failure: undefined };
  const tried = await tryOut(resolved, untried.loadProcesses, interrupt);
  if (!(tried instanceof ClusterError)) {
    return { examination: examine({ ...question, trial: tried }), failure: undefined };
  }
  if (tried.code === 'RUN_INTERRUPTED') throw tried;
  return { examination: untried, failure: tried };
}

/** Runs the trial, or says why it told nothing. Undefined where the host cannot carry even that: its limits say why. */
async function tryOut(
  resolved: Resolved,
  loadProcesses: number,
  interrupt: AbortSignal,
): Promise<Trial | ClusterError | undefined> {
  const { scenario, folder } = await loadScenario(TRIAL_SCENARIO);
  const trial = planTrial(scenario, resolved, loadProcesses);
  const silence = { begin() {}, second() {}, trouble() {} };
  let out: string | undefined;
  try {
    out = await makeTemporaryFolder('scbench-doctor');
    const request = {
      scenario: { scenario: trial, folder },
      overrides: {},
      loadProcesses: Math.min(loadProcesses, trial.users),
      out,
      command: 'scbench doctor',
    };
    const outcome = await runScenario(request, silence, AbortSignal.any([interrupt]));
    const beats = heartbeatsPerSecond(resolvePlan(trial));
    return failureOf(outcome) ?? readTrial(outcome.run, beats);
  } catch (error) {
    if (!(error instanceof ClusterError)) throw error;
    return error.code === 'LIMIT_EXCEEDED' ? undefined : error;
  } finally {
    if (out !== undefined) await rm(out, { recursive: true, force: true });
  }
}

function readTrial(run: Run, beats: number): Trial {
  return {
    prices: pricesOf(run, { heartbeatsPerSecond: beats, extent: 'most' }),
    leastPrices: pricesOf(run, { heartbeatsPerSecond: beats, extent: 'least' }),
    doubts: run.summary.verdict.reasons,
  };
}
