/** The doctor with a trial: what a scenario would take of this host, foretold from what its like takes for seconds. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClusterError } from '../../../server/errors/index.ts';
import { type Examination, examine, pricesOf } from '../../doctor/index.ts';
import { type Resolved, resolvePlan } from '../../plan/resolve/index.ts';
import { findTarget } from '../foreign/index.ts';
import type { RunRequest } from '../prepare/index.ts';
import { runScenario } from '../run.ts';
import { loadScenario } from '../scenarios.ts';
import { planTrial } from './plan-trial.ts';

/** Who speaks, and answers, as simply as can be. */
const TRIAL_SCENARIO = 'ping-pong';

/** Examines this host for a run, and tries it out unless told not to. Nothing is left behind. */
export async function consult(
  request: Pick<RunRequest, 'scenario' | 'overrides' | 'target' | 'loadProcesses'>,
  { interrupt, trial = true }: { interrupt: AbortSignal; trial?: boolean },
): Promise<Examination> {
  const { scenario, overrides, target, loadProcesses } = request;
  const found = typeof scenario === 'string' ? await loadScenario(scenario) : scenario;
  const resolved = resolvePlan(found.scenario, overrides);
  const foreign = target === undefined ? undefined : await findTarget(target, resolved.driver);
  const question = { resolved, targetAddress: foreign?.address, loadProcesses };
  const untried = examine(question);
  if (!trial) return untried;
  return examine({ ...question, prices: await tryOut(resolved, untried.loadProcesses, interrupt) });
}

/** Runs the trial. Undefined where the host cannot carry even that: its limits say why. */
async function tryOut(
  resolved: Resolved,
  loadProcesses: number,
  interrupt: AbortSignal,
): Promise<ReturnType<typeof pricesOf> | undefined> {
  const { scenario, folder } = await loadScenario(TRIAL_SCENARIO);
  const trial = planTrial(scenario, resolved);
  const out = await mkdtemp(join(tmpdir(), 'scbench-doctor-'));
  const silence = { begin() {}, second() {}, trouble() {} };
  try {
    const request = { scenario: { scenario: trial, folder }, overrides: {}, out, command: 'scbench doctor' };
    const processes = Math.min(loadProcesses, trial.users);
    const { run } = await runScenario(
      { ...request, loadProcesses: processes },
      silence,
      AbortSignal.any([interrupt]),
    );
    return run.summary.messages.received > 0 ? pricesOf(run) : undefined;
  } catch (error) {
    if (error instanceof ClusterError && error.code === 'LIMIT_EXCEEDED') return undefined;
    throw error;
  } finally {
    await rm(out, { recursive: true });
  }
}
