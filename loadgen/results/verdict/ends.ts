/** Processes of the target that ended though nobody meant them to. */
import type { RunEvent } from '../record/index.ts';

/** Events that tell of the end of a part of the target. */
const ENDS: readonly RunEvent['kind'][] = ['worker-exit', 'broker-exit', 'target-exit'];

/** What a planned fault ends a process with. */
const SIGNAL_OF_FAULTS = 'SIGKILL';

/** Finds the ends of parts of the target that no planned fault brought about. */
export function unforeseenEnds(events: readonly RunEvent[]): RunEvent[] {
  const killed = new Set(events.flatMap((event) => event.killed ?? []));
  return events.filter((event) => ENDS.includes(event.kind) && !isPlanned(event, killed));
}

/**
 * Tells whether the scenario itself ended a process: this very one, and by its signal. One that ended by itself just
 * before the signal came, or that stands in the place of one that was killed, was not meant to.
 */
function isPlanned({ process, signal }: RunEvent, killed: ReadonlySet<number>): boolean {
  return process?.pid !== undefined && killed.has(process.pid) && signal === SIGNAL_OF_FAULTS;
}
