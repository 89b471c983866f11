/** Which cores the servers and the load generator have for themselves. */
import { execFileSync } from 'node:child_process';
import { readKernel } from '../../../host/index.ts';

/** Cores by number; undefined where processes are left to the kernel. */
export interface Cores {
  readonly server: number | undefined;
  readonly generator: number | undefined;
}

/** Time `taskset` has, milliseconds. */
const WITHIN_MS = 2_000;

const NONE: Cores = { server: undefined, generator: undefined };

/** Gives the servers one core and the generator another, where this process may use two and move others. */
export function chooseCores(): Cores {
  const cores = coresIn(readKernel('/proc/self/status'));
  try {
    execFileSync('taskset', ['--cpu-list', '--pid', String(process.pid)], { stdio: 'ignore' });
    return cores;
  } catch {
    return NONE;
  }
}

/** Reads the first two cores out of a process's `status`. */
export function coresIn(status: string): Cores {
  const [server, generator] = parseList(/^Cpus_allowed_list:\s*(\S+)$/m.exec(status)?.[1] ?? '');
  return generator === undefined ? NONE : { server, generator };
}

/** Keeps a process, and whatever it starts from now on, on one core, or a list of them. Nothing happens without a core. */
export function pin(pid: number, core: number | string | undefined): void {
  if (core === undefined) return;
  // All of its threads: Node has started some already.
  const options = ['--all-tasks', '--cpu-list', '--pid', String(core), String(pid)];
  execFileSync('taskset', options, { stdio: 'ignore', timeout: WITHIN_MS });
}

/** Reads a list of the kernel's, as `0-2,5`. */
function parseList(text: string): number[] {
  return text.split(',').flatMap((range) => {
    const [first = Number.NaN, last = first] = range.split('-').map(Number);
    return Array.from({ length: last - first + 1 || 0 }, (_, index) => first + index);
  });
}
