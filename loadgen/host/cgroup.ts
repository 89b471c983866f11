/**
 * The control group this process is in: what it grants, and how often it made the process stand still. Both
 * hierarchies: one folder for all controllers (version 2), or one for each (version 1).
 */
import { join } from 'node:path';
import { readKernel, readNumber } from './proc.ts';

type Controller = 'cpu' | 'memory';

/** Where control groups are. */
export interface GroupPlace {
  /** Text of /proc/self/cgroup. */
  membership: string;
  /** Where the hierarchies are mounted. */
  root: string;
}

const NANOSECONDS_PER_MS = 1_000_000;
const MICROSECONDS_PER_MS = 1_000;

/** Reads where this process is. A container sees its own group as the root, whatever its membership says. */
function findGroup(): GroupPlace {
  return { membership: readKernel('/proc/self/cgroup'), root: '/sys/fs/cgroup' };
}

/** Cores that the groups grant, the least of all levels; null without a quota. */
export function cpuQuota(place = findGroup()): number | null {
  const quotas = foldersOf('cpu', place).flatMap((folder) => {
    const [quota, period] = readKernel(join(folder, 'cpu.max')).split(' ');
    if (quota !== undefined && quota !== '') return Number(quota) / Number(period);
    const old = readNumber(join(folder, 'cpu.cfs_quota_us')) ?? -1;
    return old > 0 ? old / (readNumber(join(folder, 'cpu.cfs_period_us')) ?? 100_000) : Number.NaN;
  });
  return least(quotas);
}

/** Bytes that may still be taken before a group's limit of memory, the least of all levels; null without a limit. */
export function memoryRoom(place = findGroup()): number | null {
  const rooms = foldersOf('memory', place).map((folder) => {
    const limit = readNumber(join(folder, 'memory.max')) ?? readNumber(join(folder, 'memory.limit_in_bytes'));
    const used =
      readNumber(join(folder, 'memory.current')) ?? readNumber(join(folder, 'memory.usage_in_bytes'));
    // Version 1 says "no limit" with the largest number of pages it can count.
    return limit === undefined || limit >= Number.MAX_SAFE_INTEGER ? Number.NaN : limit - (used ?? 0);
  });
  return least(rooms);
}

/** Milliseconds for which the groups have stopped their processes because the quota was used up, ever. */
export function throttledMs(place = findGroup()): number {
  const times = foldersOf('cpu', place).map((folder) => {
    const text = readKernel(join(folder, 'cpu.stat'));
    const micros = /^throttled_usec (\d+)$/m.exec(text)?.[1];
    if (micros !== undefined) return Number(micros) / MICROSECONDS_PER_MS;
    return Number(/^throttled_time (\d+)$/m.exec(text)?.[1] ?? 0) / NANOSECONDS_PER_MS;
  });
  return Math.max(0, ...times);
}

/** The folders of a controller's group and of all groups that hold it, the innermost first. */
function foldersOf(controller: Controller, { membership, root }: GroupPlace): string[] {
  const lines = membership.split('\n').map((line) => line.split(':'));
  const own = lines.find(([, names]) => names?.split(',').includes(controller))?.[2];
  const path = own ?? lines.find(([id]) => id === '0')?.[2] ?? '/';
  const top = own === undefined ? root : join(root, controller);
  const steps = path.split('/').filter((step) => step !== '');
  return steps.map((_, n) => join(top, ...steps.slice(0, steps.length - n))).concat(top);
}

function least(values: readonly number[]): number | null {
  const known = values.filter((value) => Number.isFinite(value));
  return known.length === 0 ? null : Math.min(...known);
}
