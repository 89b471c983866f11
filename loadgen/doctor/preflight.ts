/** Whether this host can carry a run, asked before the first connection. */
import { ClusterError } from '../../server/errors/index.ts';
import { type Fit, fitToHost } from '../plan/index.ts';
import type { Resolved } from '../plan/resolve/index.ts';
import { availableMemory, portRange, readHost } from './host.ts';

/** What is asked besides the plan. */
export interface Wishes {
  /** Address of a target that runs already; undefined when the run starts its own on this host. */
  targetAddress?: string | undefined;
  /** Least number of load processes. */
  loadProcesses?: number | undefined;
}

/** Loopback of IPv4, where all of 127.0.0.0/8 is ours. IPv6 has the one address ::1 and nothing to choose from. */
const LOOPBACK = /^127\./;
/** Memory of a load process before its first user, measured. */
const LOAD_PROCESS_BYTES = 70_000_000;

/**
 * Works out load processes and source addresses.
 *
 * @throws ClusterError LIMIT_EXCEEDED with one sentence for each limit that is in the way.
 */
export function fitRun({ plan, target }: Resolved, wishes: Wishes): Fit {
  const memoryBytes = availableMemory();
  const fit = fitToHost({
    users: plan.users,
    fdLimit: readHost().fdLimit,
    portRange: portRange(),
    memoryBytes,
    workers: wishes.targetAddress === undefined ? target.workers : null,
    loopback: wishes.targetAddress === undefined || LOOPBACK.test(wishes.targetAddress),
    ...(wishes.loadProcesses === undefined ? {} : { leastProcesses: wishes.loadProcesses }),
  });
  const problems = [...fit.problems, ...checkProcesses(plan.users, wishes, memoryBytes)];
  if (problems.length > 0) {
    throw new ClusterError(problems.join('\n'), { code: 'LIMIT_EXCEEDED' });
  }
  return fit;
}

/** Whether the load processes that were asked for can be had. */
function checkProcesses(users: number, { loadProcesses = 1 }: Wishes, memoryBytes: number): string[] {
  const room = Math.max(1, Math.floor(memoryBytes / LOAD_PROCESS_BYTES));
  if (loadProcesses < 1 || loadProcesses > users) {
    const wanted = users === 1 ? 'wanted is 1' : `wanted is 1 to ${users}, one a user at most`;
    return [`Cannot start "load processes" ${loadProcesses}: ${wanted}`];
  }
  return loadProcesses <= room
    ? []
    : [`Cannot start "load processes" ${loadProcesses}: the free memory has room for ${room}`];
}
