/** Test only: what the kernel says of a process. */
import { readFileSync } from 'node:fs';

/** Whether a process is there. One that has ended may wait as a zombie for somebody to ask how. */
export function isAlive(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) [ZX]/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
