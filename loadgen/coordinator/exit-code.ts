/** What a command tells the shell about a finished run. */
import { catalogue } from '../../server/errors/index.ts';
import { hasConnected, type Run, unforeseenEnds } from '../results/index.ts';
import type { EarlyEnd } from './gathering.ts';

const PASS = 0;
const RULES_FAILED = 99;
const INVALID = 112;
const PROCESS_FAILED = catalogue.PROCESS_FAILED.exit;

/** Ends that have no code of their own: the verdict tells whether enough was measured to fail the target. */
type JudgedEnd = 'target-lost' | 'rule-broken';

const early: Record<Exclude<EarlyEnd, JudgedEnd>, number> = {
  interrupted: catalogue.RUN_INTERRUPTED.exit,
  'process-lost': catalogue.AGENT_LOST.exit,
  unreachable: catalogue.TARGET_UNREACHABLE.exit,
  unwritten: catalogue.RESULTS_UNWRITTEN.exit,
};

/**
 * The exit code of a run; `end` is why it ended before its plan did, if it did. A target that lost a process of its own
 * accord has not merely broken a rule: whoever reads the code looks for its last words first.
 */
export function exitCodeOf(
  { summary, events }: Pick<Run, 'summary' | 'events'>,
  end: EarlyEnd | undefined,
): number {
  if (end !== undefined && end !== 'target-lost' && end !== 'rule-broken') {
    return early[end];
  }
  if (!hasConnected(summary.users)) {
    return early.unreachable;
  }
  const { status } = summary.verdict;
  if (status === 'invalid') {
    return INVALID;
  }
  if (status === 'pass') {
    return PASS;
  }
  return unforeseenEnds(events).length > 0 ? PROCESS_FAILED : RULES_FAILED;
}
