/** Whether this host can carry a run, asked before the first connection. */
import { ClusterError } from '../../server/errors/index.ts';
import { memoryRoom, mostAddresses } from '../host/index.ts';
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
export function fitRun(resolved: Resolved, wishes: Wishes): Fit {
  const fit = fitOf(resolved, wishes);
  refuse([...fit.problems, ...checkProcesses(resolved.plan.users, wishes, roomInMemory())]);
  return fit;
}

/**
 * Looks whether the load processes that are asked for can be had, whatever else is in the way.
 *
 * @throws ClusterError LIMIT_EXCEEDED.
 */
export function refuseProcesses({ plan }: Resolved, wishes: Wishes): void {
  refuse(checkProcesses(plan.users, wishes, roomInMemory()));
}

function refuse(problems: readonly string[]): void {
  if (problems.length > 0) throw new ClusterError(problems.join('\n'), { code: 'LIMIT_EXCEEDED' });
}

/** The same, whatever is in the way. */
export function fitOf({ plan, target }: Resolved, { targetAddress, loadProcesses }: Wishes): Fit {
  return fitToHost({
    users: plan.users,
    fdLimit: readHost().fdLimit,
    portRange: portRange(),
    memoryBytes: roomInMemory(),
    workers: targetAddress === undefined ? target.workers * target.hosts : null,
    loopback: isLoopback(targetAddress),
    addresses: mostAddresses(),
    ...(loadProcesses === undefined ? {} : { leastProcesses: loadProcesses }),
  });
}

/** Whether users can come from any address of 127.0.0.0/8. A run's own target is reached so. */
export function isLoopback(targetAddress: string | undefined): boolean {
  return targetAddress === undefined || LOOPBACK.test(targetAddress);
}

/** What the host has, or what is left of it for this control group. */
function roomInMemory(): number {
  return Math.min(availableMemory(), memoryRoom() ?? Number.POSITIVE_INFINITY);
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
