/** What somebody reads while a plan is made. */
import type { PlanFollower } from '../../capacity/planner/index.ts';

const number = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 4 });

/** Tells of each trial in a line: what it was, what came of it, and what is known after it. */
export function createProgress(say: (text: string) => void): Omit<PlanFollower, 'signal'> {
  return {
    say,
    trouble: say,
    learnt({ outcome, request, users }, result) {
      const { estimate } = result();
      const known =
        estimate === undefined
          ? ''
          : `; capacity ${number.format(estimate.lower)} to ${number.format(estimate.upper)}`;
      const load = `${number.format(outcome.load)} messages/s by ${number.format(users)} users`;
      say(`  ${request.phase}, ${load}: ${wordOutcome(outcome)}${known}`);
    },
  };
}

type Outcome = Parameters<NonNullable<PlanFollower['learnt']>>[0]['outcome'];

function wordOutcome({ fellOver, guards, ok, reasons }: Outcome): string {
  if (fellOver !== undefined) return `fell over, ${fellOver}`;
  const [guard] = guards;
  if (guard !== undefined) return `spoilt, ${guard}`;
  return ok ? 'met' : `missed, ${reasons[0]?.sentence ?? 'it did not recover'}`;
}
