/** Which processes belong together, and which of them are still there. */
import { readdirSync } from 'node:fs';
import { readKernel } from '../../../host/index.ts';

/** Finds a process and all its descendants. */
export function processTree(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = readKernel(`/proc/${name}/stat`);
    // The name, field 2, can hold blanks and brackets of its own.
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const tree = [root];
  for (const pid of tree) tree.push(...(children.get(pid) ?? []));
  return tree;
}

/** Counts those that have ended, also where nobody has asked yet what became of them. */
export function countEnded(pids: readonly number[]): number {
  return pids.filter((pid) => {
    const stat = readKernel(`/proc/${pid}/stat`);
    return stat === '' || 'ZX'.includes(stat.charAt(stat.lastIndexOf(')') + 2));
  }).length;
}
