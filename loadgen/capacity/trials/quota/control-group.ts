/**
 * Where control groups are made, and what is written to them. Version 2 has one hierarchy, version 1 one for each
 * controller; both take a quota in microseconds of a period.
 */
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What is needed of a file system; files of the kernel's appear and go with their group. */
export interface Groups {
  exists(path: string): boolean;
  make(path: string): void;
  remove(path: string): void;
  read(path: string): string;
  write(path: string, text: string): void;
}

/** The kernel's own. */
export const kernelGroups: Groups = {
  exists: existsSync,
  make: (path) => void mkdirSync(path),
  remove: rmdirSync,
  read: (path) => readFileSync(path, 'utf8'),
  write: writeFileSync,
};

/** Processor time that a group may have in each period, microseconds. */
export interface Quota {
  readonly quotaMicros: number;
  readonly periodMicros: number;
}

const ROOT = '/sys/fs/cgroup';

/** Names a group of version 2 among those a process is in. */
const VERSION_2 = '0';

/** A hierarchy that knows quotas. */
export interface Hierarchy {
  readonly version: 1 | 2;
  /** Its uppermost group. */
  readonly root: string;
}

/** Finds the hierarchy of the processor. */
export function findHierarchy(groups: Groups, root = ROOT): Hierarchy {
  return groups.exists(join(root, 'cgroup.controllers'))
    ? { version: 2, root }
    : { version: 1, root: join(root, 'cpu') };
}

/** Makes a group with a quota. Version 2 grants its controllers group by group: here by the uppermost. */
export function makeGroup(groups: Groups, hierarchy: Hierarchy, name: string, quota: Quota): string {
  const path = join(hierarchy.root, name);
  groups.make(path);
  try {
    grant(groups, hierarchy, path, quota);
  } catch (error) {
    groups.remove(path);
    throw error;
  }
  return path;
}

function grant(groups: Groups, { version, root }: Hierarchy, path: string, quota: Quota): void {
  const { quotaMicros, periodMicros } = quota;
  if (version === 1) {
    groups.write(join(path, 'cpu.cfs_period_us'), String(periodMicros));
    groups.write(join(path, 'cpu.cfs_quota_us'), String(quotaMicros));
    return;
  }
  const limit = join(path, 'cpu.max');
  if (!groups.exists(limit)) groups.write(join(root, 'cgroup.subtree_control'), '+cpu');
  groups.write(limit, `${quotaMicros} ${periodMicros}`);
}

/** Finds the group that a process is in. */
export function groupOf(groups: Groups, { version, root }: Hierarchy, pid: number): string {
  const lines = groups.read(`/proc/${pid}/cgroup`).trim().split('\n');
  const fields = lines.map((line) => line.split(':'));
  const own = fields.find(([id, names]) =>
    version === 2 ? id === VERSION_2 : names?.split(',').includes('cpu'),
  );
  return join(root, own?.slice(2).join(':') ?? '/');
}

/** Puts a process with all its threads into a group. */
export function enter(groups: Groups, group: string, pid: number): void {
  groups.write(join(group, 'cgroup.procs'), String(pid));
}
