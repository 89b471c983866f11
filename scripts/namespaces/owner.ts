/**
 * Names of namespaces tell which process made them, so that what a crash left behind can be known by its name
 * alone, by anybody, while the networks of other running tests are left in peace.
 */
import { readdirSync, readFileSync } from 'node:fs';

/** Where iproute2 keeps the namespaces that have names. */
const FOLDER = '/run/netns';

/** The project, the process, when it was started, and which of its networks; the host's own name follows. */
const NAME = /^scbench-(?<pid>\d+)-(?<started>\d+)-\d+-/;

let networks = 0;

/** Returns the beginning of the names of one more network of this process. */
export function nextPrefix(): string {
  networks += 1;
  return `scbench-${process.pid}-${startOf(process.pid)}-${networks}-`;
}

/** Lists the namespaces that begin so. */
export function listNamespaces(prefix = 'scbench-'): string[] {
  try {
    return readdirSync(FOLDER).filter((name) => name.startsWith(prefix));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Says whether the process that made a namespace has ended. Ones that are not ours have no such process. */
export function isLeftBehind(name: string): boolean {
  const { pid, started } = NAME.exec(name)?.groups ?? {};
  return pid !== undefined && startOf(Number(pid)) !== started;
}

/** When a process was started, in the kernel's ticks: its number alone may be another's by now. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name of the program, in parentheses, may hold anything; the start is the twentieth field behind it.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}
