/** Control groups in memory, as the kernel keeps them. */
import { dirname, join } from 'node:path';
import type { Groups } from './control-group.ts';

const ROOT = '/sys/fs/cgroup';

/** What a test sees of them. */
export interface FakeGroups extends Groups {
  /** Process → group. */
  readonly members: Map<number, string>;
  /** File → text, of files that were written to. */
  readonly written: Map<string, string>;
  /** All groups but the uppermost. */
  groups(): string[];
}

/** Makes them, of a version, with processes in the uppermost group. */
export function fakeGroups(
  version: 1 | 2,
  pids: readonly number[],
  { isGranted = true, refuse = (_path: string): string | undefined => undefined } = {},
): FakeGroups {
  const top = version === 2 ? ROOT : join(ROOT, 'cpu');
  const made = new Set<string>();
  const members = new Map(pids.map((pid) => [pid, top]));
  const written = new Map<string, string>();
  let hasController = isGranted;
  return {
    members,
    written,
    groups: () => [...made],
    exists(path) {
      if (path === join(ROOT, 'cgroup.controllers')) return version === 2;
      return path.endsWith('cpu.max') && made.has(dirname(path)) && hasController;
    },
    make(path) {
      fail(refuse(path));
      made.add(path);
    },
    remove(path) {
      if ([...members.values()].includes(path)) fail('EBUSY');
      if (!made.delete(path)) fail('ENOENT');
    },
    read(path) {
      const pid = Number(path.split('/')[2]);
      const group = members.get(pid);
      if (group === undefined) throw Object.assign(new Error('ENOENT'), { code: 'ENOENT' });
      const within = group.slice(top.length) || '/';
      return version === 2 ? `0::${within}\n` : `3:memory:/other\n1:cpu,cpuacct:${within}\n0::/\n`;
    },
    write(path, text) {
      fail(refuse(path));
      written.set(path, text);
      if (path.endsWith('cgroup.subtree_control')) hasController = true;
      if (!path.endsWith('cgroup.procs')) return;
      if (!members.has(Number(text))) fail('ESRCH');
      members.set(Number(text), dirname(path));
    },
  };
}

function fail(code: string | undefined): void {
  if (code !== undefined) throw Object.assign(new Error(code), { code });
}
