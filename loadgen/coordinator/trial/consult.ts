/**
 * The doctor with a trial: a few users for a few seconds against a server of our own, with as many messages as the
 * scenario has, because a message costs less where many come at once.
 */
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

/** Users of the trial, and how many come in a second. */
const TRIAL_USERS = 200;
const TRIAL_RAMP = 100;
/** Seconds that are measured; the last of them count. */
const TRIAL_SECONDS = 5;
/** Messages a second: more would need more than the trial's few users. */
const LEAST_MESSAGES = 50;
const MOST_MESSAGES = 10_000;

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
  const prices = trial ? await tryOut(resolved, interrupt) : undefined;
  return examine({ resolved, targetAddress: foreign?.address, loadProcesses, prices });
}

/** Runs the trial. Undefined where the host cannot carry even that: its limits say why. */
async function tryOut(
  resolved: Resolved,
  interrupt: AbortSignal,
): Promise<ReturnType<typeof pricesOf> | undefined> {
  const { workers, brokers, balancers } = resolved.target;
  const flow = resolved.messagesPerSecond + resolved.deliveriesPerSecond;
  const rate = Math.min(MOST_MESSAGES, Math.max(LEAST_MESSAGES, flow)) / TRIAL_USERS;
  const size = { users: TRIAL_USERS, ramp: TRIAL_RAMP, duration: TRIAL_SECONDS, rate };
  const out = await mkdtemp(join(tmpdir(), 'scbench-doctor-'));
  const silence = { begin() {}, second() {}, trouble() {} };
  try {
    const overrides = { ...size, workers, brokers, balancers };
    const request = { scenario: TRIAL_SCENARIO, overrides, out, command: 'scbench doctor' };
    const { run } = await runScenario(request, silence, AbortSignal.any([interrupt]));
    return run.summary.messages.received > 0 ? pricesOf(run) : undefined;
  } catch (error) {
    if (error instanceof ClusterError && error.code === 'LIMIT_EXCEEDED') return undefined;
    throw error;
  } finally {
    await rm(out, { recursive: true });
  }
}
