import { readFileSync } from 'node:fs';

/** What a process may open where the system does not say, as macOS: its usual soft limit after Node raised it. */
const USUAL_LIMIT = 10_240;

/** Descriptors this process and its children may open. Node raises the soft limit to the hard one at start. */
export function descriptorLimit(): number {
  let limits: string;
  try {
    limits = readFileSync('/proc/self/limits', 'utf8');
  } catch {
    return USUAL_LIMIT; // No /proc: not Linux.
  }
  const soft = /^Max open files\s+(\d+|unlimited)/m.exec(limits)?.[1];
  return soft === undefined || soft === 'unlimited' ? Number.MAX_SAFE_INTEGER : Number(soft);
}
