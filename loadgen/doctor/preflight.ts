/** Whether this host can carry a run, asked before the first connection. */
import { ClusterError } from '../../server/errors/index.ts';
import { type Fit, fitToHost } from '../plan/index.ts';
import type { Resolved } from '../plan/resolve/index.ts';
import { availableMemory, portRange, readHost } from './host.ts';

/** What is asked besides the plan. */
export interface Wishes {
  /** URL of a target that runs already; undefined when the run starts its own on this host. */
  target?: string | undefined;
  /** Least number of load processes. */
  loadProcesses?: number | undefined;
}

/** Host of a URL that stands for this very host. */
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/**
 * Works out load processes and source addresses.
 *
 * @throws ClusterError LIMIT_EXCEEDED with one sentence for each limit that is in the way.
 */
export function fitRun({ plan, target }: Resolved, wishes: Wishes): Fit {
  const fit = fitToHost({
    users: plan.users,
    fdLimit: readHost().fdLimit,
    portRange: portRange(),
    memoryBytes: availableMemory(),
    workers: wishes.target === undefined ? target.workers : null,
    loopback: wishes.target === undefined || isLoopback(wishes.target),
    ...(wishes.loadProcesses === undefined ? {} : { leastProcesses: wishes.loadProcesses }),
  });
  if (fit.problems.length > 0) {
    throw new ClusterError(fit.problems.join('\n'), { code: 'LIMIT_EXCEEDED' });
  }
  return fit;
}

function isLoopback(url: string): boolean {
  return URL.canParse(url) && LOOPBACK.test(new URL(url).hostname);
}
