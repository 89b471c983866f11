/** Whether a trial tells anything about this host. */
import { ClusterError, catalogue, type ErrorCode } from '../../../server/errors/index.ts';
import { type Summary, unforeseenEnds } from '../../results/index.ts';
import type { RunOutcome } from '../run.ts';

/** Ends of a run that have a code of their own. */
const ENDS: readonly ErrorCode[] = ['RUN_INTERRUPTED', 'AGENT_LOST', 'TARGET_UNREACHABLE'];

/**
 * Largest share of the measured messages whose users may not be there when they come due: the others would be charged
 * with what was done to let these in.
 */
const MOST_MISSING = 0.01;

/**
 * Says why a trial tells nothing; undefined when it does. One that is invalid because a host could not follow tells
 * what a message costs it all the same, as long as its users were there: that is for its doubts to say.
 */
export function failureOf({ run, exitCode }: Pick<RunOutcome, 'run' | 'exitCode'>): ClusterError | undefined {
  const { verdict, messages, phases } = run.summary;
  const end = ENDS.find((code) => catalogue[code].exit === exitCode);
  if (end === 'RUN_INTERRUPTED') {
    return new ClusterError('Cannot tell what this host carries: its trial was interrupted', { code: end });
  }
  const [lost] = unforeseenEnds(run.events);
  // Its own code stands for other ends as well.
  const unwritten = run.events.find(({ kind }) => kind === 'unwritten');
  const code = end ?? (lost && 'PROCESS_FAILED') ?? (unwritten && 'RESULTS_UNWRITTEN') ?? 'RUN_INVALID';
  const missing = end === undefined ? missingOf(phases) : undefined;
  const isOver = code === 'RUN_INVALID' && missing === undefined;
  if (isOver && verdict.status !== 'fail' && messages.received > 0) return undefined;
  const why = (lost ?? unwritten)?.text ?? missing ?? verdict.reasons[0] ?? 'nothing was answered';
  return new ClusterError(`Cannot tell by a trial what this host carries: ${why}`, { code });
}

function missingOf(phases: Summary['phases']): string | undefined {
  const measured = phases.filter((phase) => phase.measured).map(({ messages }) => messages);
  const unsent = measured.reduce((sum, each) => sum + each.unsent, 0);
  const planned = measured.reduce((sum, each) => sum + each.sent, unsent);
  if (unsent <= MOST_MISSING * planned) return undefined;
  return `of its ${planned} messages ${unsent} came due on users that were not connected`;
}
