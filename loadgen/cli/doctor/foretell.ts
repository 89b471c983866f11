/** The doctor before a run whose users are many enough to make its failure dear. */
import { consult, prepareRun, type RunRequest } from '../../coordinator/index.ts';
import { forecastOf } from '../../doctor/index.ts';
import type { Forecast } from '../../results/index.ts';
import { formatAdvice } from './examination.ts';

/** Users from which on the doctor is asked. */
const LARGE_USERS = 10_000;

/**
 * Asks the doctor about a large run, and passes on what it says. Undefined for a run that is not large, and when its
 * trial told nothing.
 */
export async function foretell(
  request: RunRequest,
  say: (text: string) => void,
  interrupt: AbortSignal,
): Promise<Forecast | undefined> {
  const { resolved } = await prepareRun(request);
  // Agents tell what their own hosts grant.
  const isElsewhere = request.agents !== undefined;
  if (resolved.plan.users < LARGE_USERS || isElsewhere || interrupt.aborted) return undefined;
  const { examination, failure } = await consult(request, { interrupt });
  if (failure !== undefined) say(`${failure.message}\n`);
  say(formatAdvice(examination));
  return failure === undefined ? forecastOf(examination) : undefined;
}
