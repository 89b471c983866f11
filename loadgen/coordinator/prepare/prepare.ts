/** Everything about a run that can be found out before the first process is started. */
import { ClusterError } from '../../../server/errors/index.ts';
import { fitRun } from '../../doctor/index.ts';
import type { Fit } from '../../plan/index.ts';
import { type Overrides, type Resolved, resolvePlan } from '../../plan/resolve/index.ts';
import { loadScenario } from '../scenarios.ts';
import { findTarget, type Target } from '../target.ts';

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
  /** Number of a user whose frames are to be told. */
  traceUser?: number | undefined;
  /** The command line that repeats this run. */
  command: string;
}

/** A run that could begin now. */
export interface Prepared {
  resolved: Resolved;
  /** Folder of the scenario file. */
  folder: string;
  /** The target that runs already; undefined when the run starts its own. */
  foreign: Target | undefined;
  fit: Fit;
}

/**
 * Resolves the scenario and looks whether this host can carry it. Nothing is started and nothing is written.
 *
 * @throws ClusterError SCENARIO_UNKNOWN, OPTION_INVALID, LIMIT_EXCEEDED or TARGET_UNREACHABLE.
 */
export async function prepareRun(
  request: Pick<RunRequest, 'scenario' | 'overrides' | 'loadProcesses' | 'target' | 'traceUser'>,
): Promise<Prepared> {
  const { scenario, folder } = await loadScenario(request.scenario);
  const resolved = resolvePlan(scenario, request.overrides);
  checkTrace(request.traceUser, resolved.plan.users);
  const foreign = request.target === undefined ? undefined : await findTarget(request.target);
  const { loadProcesses } = request;
  const fit = fitRun(resolved, { targetAddress: foreign?.address, loadProcesses });
  return { resolved, folder, foreign, fit };
}

function checkTrace(user: number | undefined, users: number): void {
  if (user === undefined || user < users) return;
  throw new ClusterError(`Cannot trace user ${user}: wanted is 0 to ${users - 1}`, {
    code: 'OPTION_INVALID',
  });
}
