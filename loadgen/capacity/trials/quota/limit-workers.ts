/**
 * Small workers: each process gets a share of a core, so that several of them fit into one and a planner can be tested
 * where there are few. What it finds tells of the planner, not of any machine.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { ClusterError } from '../../../../server/errors/index.ts';
import {
  enter,
  findHierarchy,
  type Groups,
  groupOf,
  type Hierarchy,
  kernelGroups,
  makeGroup,
  type Quota,
} from './control-group.ts';

/** Processes under a quota. */
export interface LimitedWorkers {
  /** Version of the control groups. */
  readonly version: 1 | 2;
  /**
   * Takes all quotas away: processes that still run go back where they were. May be called twice.
   * @throws the first error of the kernel, after all others have had their turn.
   */
  undo(): Promise<void>;
}

/** The least that the kernel takes, for a quota and for a period. */
const LEAST_MICROS = 1_000;

/** As short as can be: a process stands still for the rest of it. */
const PERIOD_MICROS = 5_000;

/** The longest that the kernel takes. */
const MOST_PERIOD_MICROS = 1_000_000;

/** A process that was told to end leaves its group some milliseconds later. */
const REMOVE_TRIES = 50;
const REMOVE_EVERY_MS = 20;

let made = 0;

/**
 * Gives each process its own quota.
 *
 * @param share Of one core, more than 0 and at most 1: 0.2 is 1 ms in every 5 ms.
 * @throws ClusterError OPTION_INVALID for another share, MEASUREMENT_FAILED when this host does not let us: control
 *   groups need root and a hierarchy that can be written to. Nothing is limited then.
 */
export function limitWorkers(
  pids: readonly number[],
  share: number,
  groups: Groups = kernelGroups,
): LimitedWorkers {
  const quota = quotaOf(share);
  const hierarchy = findHierarchy(groups);
  const limited: Limited[] = [];
  try {
    for (const pid of pids) limited.push(limitOne(groups, hierarchy, pid, quota));
  } catch (error) {
    for (const one of limited) {
      release(groups, one);
      groups.remove(one.group);
    }
    throw refused(share, hierarchy, error);
  }
  return {
    version: hierarchy.version,
    async undo() {
      const undone = limited.splice(0).map(async (one) => {
        release(groups, one);
        await removeGroup(groups, one.group);
      });
      const failed = (await Promise.allSettled(undone)).find(({ status }) => status === 'rejected');
      if (failed?.status === 'rejected') throw failed.reason;
    },
  };
}

/** Why quotas cannot be given here, in a sentence; undefined when they can. Makes a group and removes it again. */
export function refusesQuota(groups: Groups = kernelGroups): string | undefined {
  const hierarchy = findHierarchy(groups);
  try {
    groups.remove(makeGroup(groups, hierarchy, nextName(), quotaOf(1)));
    return undefined;
  } catch (error) {
    return refused(1, hierarchy, error).message;
  }
}

interface Limited {
  readonly pid: number;
  readonly group: string;
  readonly before: string;
}

/** As short a period as leaves the quota at what the kernel takes. @throws ClusterError OPTION_INVALID. */
export function quotaOf(share: number): Quota {
  const periodMicros = Math.max(PERIOD_MICROS, Math.ceil(LEAST_MICROS / share));
  if (!(share > 0 && share <= 1 && periodMicros <= MOST_PERIOD_MICROS)) {
    throw new ClusterError(
      `Cannot limit workers to ${share} of a core: wanted is ${LEAST_MICROS / MOST_PERIOD_MICROS} to 1`,
      { code: 'OPTION_INVALID' },
    );
  }
  return { quotaMicros: Math.round(share * periodMicros), periodMicros };
}

function limitOne(groups: Groups, hierarchy: Hierarchy, pid: number, quota: Quota): Limited {
  const before = groupOf(groups, hierarchy, pid);
  const group = makeGroup(groups, hierarchy, nextName(), quota);
  try {
    enter(groups, group, pid);
  } catch (error) {
    groups.remove(group);
    throw error;
  }
  return { pid, group, before };
}

function nextName(): string {
  made += 1;
  return `scbench-worker-${process.pid}-${made}`;
}

/** A process that has ended is in no group any more. */
function release(groups: Groups, { pid, before }: Limited): void {
  try {
    enter(groups, before, pid);
  } catch (error) {
    if (codeOf(error) !== 'ESRCH') throw error;
  }
}

async function removeGroup(groups: Groups, group: string): Promise<void> {
  for (let left = REMOVE_TRIES; ; left -= 1) {
    try {
      groups.remove(group);
      return;
    } catch (error) {
      if (codeOf(error) !== 'EBUSY' || left === 0) throw error;
    }
    await sleep(REMOVE_EVERY_MS);
  }
}

function refused(share: number, { version, root }: Hierarchy, cause: unknown): ClusterError {
  const text = `Cannot limit workers to ${share} of a core: ${codeOf(cause) ?? String(cause)} in "${root}"`;
  return new ClusterError(
    `${text}, wanted root and control groups of version ${version} that can be written to`,
    {
      code: 'MEASUREMENT_FAILED',
      cause,
    },
  );
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
