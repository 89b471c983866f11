/** Whether a trial tells anything about this host. */
import { ClusterError, catalogue, type ErrorCode } from '../../../server/errors/index.ts';
import { unforeseenEnds } from '../../results/index.ts';
import type { RunOutcome } from '../run.ts';

/** Ends of a run that have a code of their own. */
const ENDS: readonly ErrorCode[] = ['RUN_INTERRUPTED', 'AGENT_LOST', 'TARGET_UNREACHABLE'];

/**
 * Says why a trial tells nothing; undefined when it does. One that is invalid because a host could not follow tells
 * what a message costs it all the same: that is for its doubts to say.
 */
export function failureOf({ run, exitCode }: Pick<RunOutcome, 'run' | 'exitCode'>): ClusterError | undefined {
  const { verdict, messages } = run.summary;
  const end = ENDS.find((code) => catalogue[code].exit === exitCode);
  if (end === 'RUN_INTERRUPTED') {
    return new ClusterError('Cannot tell what this host carries: its trial was interrupted', { code: end });
  }
  const [lost] = unforeseenEnds(run.events);
  const code = end ?? (lost === undefined ? 'RUN_INVALID' : 'PROCESS_FAILED');
  const isOver = end === undefined && lost === undefined;
  if (isOver && verdict.status !== 'fail' && messages.received > 0) return undefined;
  const why = lost?.text ?? verdict.reasons[0] ?? 'nothing was answered';
  return new ClusterError(`Cannot tell by a trial what this host carries: ${why}`, { code });
}
