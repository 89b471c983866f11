/** The processes of one role, taken together. */
import type { Message, Supervised } from '../process/index.ts';

/** Numbers of a role's processes: from 0 up, so many. */
export function range(count: number): number[] {
  return [...Array(count).keys()];
}

/** Time that processes with nothing to drain have to end, milliseconds. */
export const TERM_MS = 1_000;

/** Resolves when all are ready. Rejects with the first that does not get so. */
export async function allReady(processes: readonly Pick<Supervised, 'ready'>[]): Promise<void> {
  await Promise.all(processes.map(({ ready }) => ready));
}

/** Sends a message to each. */
export function sendAll(processes: readonly Pick<Supervised, 'send'>[], message: Message): void {
  for (const supervised of processes) {
    supervised.send(message);
  }
}

/** Replaces all at once; resolves when the last new one is ready. */
export async function restartAll(
  processes: readonly Pick<Supervised, 'restart'>[],
  withinMs: number,
): Promise<void> {
  await Promise.all(processes.map((supervised) => supervised.restart(withinMs)));
}

/** Stops all at once; resolves when the last is gone. */
export async function stopAll(
  processes: readonly Pick<Supervised, 'stop'>[],
  withinMs: number,
): Promise<void> {
  await Promise.all(processes.map((supervised) => supervised.stop(withinMs)));
}
