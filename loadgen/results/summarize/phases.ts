/** Every phase by itself. */
import { eachTimed, longestLoopDelay, TIMES } from '../measure.ts';
import type { Second } from '../second.ts';
import type { PhaseSummary, Summary } from '../summary.ts';
import { isMeasured } from '../timeline.ts';
import { phaseWorkerOf, targetOf } from './processes.ts';
import type { PhaseSpan } from './schedule.ts';
import { highest, type Span, sum, thrownIn } from './span.ts';

/** Sums up each phase that had a second at least. */
export function phasesOf(
  parts: readonly PhaseSpan[],
  workers: readonly string[],
  schedule: (part: PhaseSpan) => Summary['schedule'],
): PhaseSummary[] {
  let before: Second | undefined;
  return parts.flatMap((part): PhaseSummary[] => {
    const last = part.span.seconds.at(-1);
    if (last === undefined) return [];
    const users = usersOf(part.span, last, before);
    before = last;
    const { name, start, end } = part.phase;
    const loopDelayMs = longestLoopDelay(part.span.measure);
    return [
      {
        id: name,
        start,
        end,
        measured: isMeasured(part.phase),
        users,
        messages: messagesOf(part.span),
        schedule: schedule(part),
        latencyMs: timesOf(part.span),
        ...(loopDelayMs && { loopDelayMs }),
        workers: workers.map((id) => phaseWorkerOf(id, part.span)),
        target: targetOf(part.span),
      },
    ];
  });
}

/** The times of a stretch of the run; what was never timed is missing. */
export function timesOf({ measure }: Span): Summary['latencyMs'] {
  return eachTimed(measure.times, TIMES, (quantiles) => quantiles);
}

function messagesOf({ counts, length, seconds }: Span): PhaseSummary['messages'] {
  const { sent, answered, errors, timedOut, lost, published, pushed, pushLost } = counts;
  const perSecond = answered / length;
  return {
    sent,
    received: answered,
    errors,
    timedOut,
    lost,
    published,
    pushed,
    pushLost,
    unsent: sum(seconds.map((second) => second.unsent)),
    perSecond,
    pushesPerSecond: pushed / length,
  };
}

function usersOf({ seconds }: Span, last: Second, before: Second | undefined): PhaseSummary['users'] {
  return {
    peak: highest(seconds.map(({ users }) => users.open)),
    failed: since(last.failedSoFar, before?.failedSoFar),
    dropped: since(last.droppedSoFar, before?.droppedSoFar),
    thrown: thrownIn(seconds),
  };
}

/** What was added to counts by name. */
function since(now: Record<string, number>, before: Record<string, number> = {}): Record<string, number> {
  const added = Object.entries(now).map(([name, count]) => [name, count - (before[name] ?? 0)] as const);
  return Object.fromEntries(added.filter(([, count]) => count > 0));
}
