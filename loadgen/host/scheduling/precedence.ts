/**
 * Who runs when several want a processor. A thread that is due waits for the slice of the one that runs, some
 * milliseconds, however high its priority is among ordinary ones: Linux protects slices (`RUN_TO_PARITY` of EEVDF).
 * Compilers and collectors of the processes beside it take such slices. Real-time threads wait for none.
 */
import { execFileSync } from 'node:child_process';
import { constants, setPriority } from 'node:os';

/**
 * `real-time`: a thread runs as soon as it is due, on the processor it last ran on, whoever runs there. `high`: before
 * others, once their slices are over. `normal`: as everybody.
 */
export type Precedence = 'real-time' | 'high' | 'normal';

/**
 * Flags of Node for processes that take precedence: what V8 collects it collects in the thread that runs. Its helpers
 * have no precedence, and on a busy host that thread waited for them, up to 0.2 s at the worst.
 */
export const COLLECTS_ALONE: readonly string[] = ['--single-threaded-gc'];

/** Time `chrt` has, milliseconds. */
const WITHIN_MS = 2_000;

/**
 * Gives this process's main thread precedence, and with it the threads it starts from now on; those that V8 has
 * started for itself stay as they are. Only root and those who have CAP_SYS_NICE may: tells what it got.
 */
export function takePrecedence(wanted: 'real-time' | 'high'): Precedence {
  if (wanted === 'real-time' && isTaken(takeRealTime)) return 'real-time';
  return isTaken(() => setPriority(process.pid, constants.priority.PRIORITY_HIGHEST)) ? 'high' : 'normal';
}

/** Node has no call for it; `chrt` is part of every Linux. */
function takeRealTime(): void {
  execFileSync('chrt', ['--rr', '--pid', '1', String(process.pid)], { stdio: 'ignore', timeout: WITHIN_MS });
}

function isTaken(take: () => void): boolean {
  try {
    take();
    return true;
  } catch {
    return false;
  }
}
