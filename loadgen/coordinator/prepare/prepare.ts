/** Everything about a run that can be found out before the first process is started. */
import { ClusterError } from '../../../server/errors/index.ts';
import { checkOwnBehaviours } from '../../agent/index.ts';
import { fitOf, fitRun } from '../../doctor/index.ts';
import type { Fit } from '../../plan/index.ts';
import { type Overrides, type Resolved, resolvePlan } from '../../plan/resolve/index.ts';
import { redactUrl } from '../../plan/secrets/index.ts';
import type { Forecast, Profile } from '../../results/index.ts';
import { authorizeRun } from '../foreign/index.ts';
import type { AgentsRequest } from '../remote/index.ts';
import { type FoundScenario, loadScenario } from '../scenarios.ts';
import type { Instrument } from '../target.ts';
import { type FoundHosts, findHosts } from './find-hosts.ts';
import { locateFiles } from './own-files.ts';
import { checkServer, serverOptions } from './own-server.ts';

/** What is asked for on the command line. */
export interface RunRequest {
  /** Name of a scenario, or a file; or a scenario itself. */
  scenario: string | FoundScenario;
  overrides: Overrides;
  /** Least number of load processes. */
  loadProcesses?: number | undefined;
  /** Other hosts that hold the users instead of this one. */
  agents?: AgentsRequest | undefined;
  /** URL of a target that runs already. */
  target?: string | undefined;
  /** URLs of further hosts of that target: users go to all of them in turn. */
  further?: readonly string[] | undefined;
  /** URLs of the admin endpoints of its hosts. Default: they are not looked at. */
  admin?: readonly string[] | undefined;
  /** Whether any certificate of that target is taken. Default false. */
  insecure?: boolean | undefined;
  /** Folder for the results; a new one under `reports/runs` by default. */
  out?: string | undefined;
  /** Number of a user whose frames are to be told. */
  traceUser?: number | undefined;
  /** What the doctor foretold of it, to be kept beside what it takes. */
  forecast?: Forecast | undefined;
  /** A process of our own target that is profiled meanwhile. */
  profile?: ProfiledProcess | undefined;
  /** The command line that repeats this run. */
  command: string;
}

/** A process that is profiled: what the record says of it, and what it is started with for that. */
export type ProfiledProcess = Profile & Instrument;

/** A run that could begin now. */
export interface Prepared {
  resolved: Resolved;
  /** Folder of the scenario file. */
  folder: string;
  /** The target that runs already; undefined when the run starts its own. */
  foreign: FoundHosts | undefined;
  /** As this host would carry it, also when agents are asked for: what they carry is known when they have answered. */
  fit: Fit;
}

/**
 * Resolves the scenario, looks whether its behaviours can be loaded, whether its server could be started and whether
 * this host can carry it. Nothing is started and nothing is written.
 *
 * @throws ClusterError SCENARIO_UNKNOWN, OPTION_INVALID, CONTROLLER_INVALID, LIMIT_EXCEEDED or TARGET_UNREACHABLE.
 */
export async function prepareRun(
  request: Pick<
    RunRequest,
    | 'admin'
    | 'agents'
    | 'further'
    | 'loadProcesses'
    | 'overrides'
    | 'profile'
    | 'scenario'
    | 'target'
    | 'traceUser'
  >,
): Promise<Prepared> {
  const { admin = [], agents, further, loadProcesses, target, traceUser } = request;
  const { scenario, folder } = await foundScenario(request);
  const resolved = resolvePlan(scenario, request.overrides);
  checkTrace(traceUser, resolved.plan.users);
  refuseFaults(resolved, target);
  checkProfile(resolved, request);
  refuseAdmin(admin, target);
  await checkOwnBehaviours(locateFiles(resolved.plan, folder).groups);
  const foreign =
    target === undefined ? undefined : await findHosts({ target, further, admin }, resolved.driver);
  if (foreign === undefined) checkServer(serverOptions(resolved, folder));
  // With agents only a target of the run's own is this host's business.
  const isHere = agents === undefined || foreign === undefined;
  const fit = isHere
    ? fitRun(resolved, { targetAddress: foreign?.address, loadProcesses })
    : fitOf(resolved, { targetAddress: foreign.address });
  return {
    resolved: foreign === undefined ? resolved : authorizeRun(resolved, foreign.authorization),
    folder,
    foreign,
    fit,
  };
}

function foundScenario({ scenario }: Pick<RunRequest, 'scenario'>): FoundScenario | Promise<FoundScenario> {
  return typeof scenario === 'string' ? loadScenario(scenario) : scenario;
}

function checkTrace(user: number | undefined, users: number): void {
  if (user === undefined || user < users) return;
  throw new ClusterError(`Cannot trace user ${user}: wanted is 0 to ${users - 1}`, {
    code: 'OPTION_INVALID',
  });
}

/** The hosts of a target of the run's own are known. */
function refuseAdmin(admin: readonly string[], target: string | undefined): void {
  if (target !== undefined || admin.length === 0) return;
  throw new ClusterError(
    `Cannot look at admin endpoint "${redactUrl(admin[0] ?? '')}": there is no target, wanted is --target beside --admin`,
    { code: 'OPTION_INVALID' },
  );
}

/** Whoever lends us a target does not expect its processes to be killed. */
function refuseFaults({ faults, plan }: Resolved, target: string | undefined): void {
  if (target === undefined || faults.length === 0) return;
  throw new ClusterError(
    `Cannot run scenario "${plan.scenario}" against "${redactUrl(target)}": it has faults, wanted is a target of its own`,
    { code: 'OPTION_INVALID' },
  );
}

function checkProfile({ target }: Resolved, request: Pick<RunRequest, 'profile' | 'target'>): void {
  if (request.profile === undefined) return;
  const { role, id } = request.profile;
  const cannot = `Cannot profile ${role} ${id}`;
  if (request.target !== undefined) {
    throw new ClusterError(
      `${cannot} of "${redactUrl(request.target)}": wanted is a target of the run's own`,
      {
        code: 'OPTION_INVALID',
      },
    );
  }
  const count = { master: 1, worker: target.workers, broker: target.brokers, balancer: target.balancers }[
    role
  ];
  if (id < count) return;
  const most = count === 1 ? 'wanted is 0' : `wanted is 0 to ${count - 1}`;
  const wanted = count === 0 ? `it has none, "--${role}s 1" adds one` : most;
  throw new ClusterError(`${cannot} of the target: ${wanted}`, { code: 'OPTION_INVALID' });
}
