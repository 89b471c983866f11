/** When users of a plan come, and which phases that makes. */
import type { Arrivals, Phase, Plan } from '../plan.ts';
import { stageSeconds } from '../schedule/index.ts';
import type { CheckedScenario } from './schema/index.ts';

const FULL_PACE = { from: 1, to: 1 };
const STANDSTILL = { from: 0, to: 0 };

/** Plans the stages in which users come. */
export function planArrivals({ users, ramp, arrivals }: CheckedScenario): Plan['arrivals'] {
  const stages: Arrivals[] = [];
  let start = 0;
  for (const stage of typeof ramp === 'number' ? [{ users, rate: ramp }] : ramp) {
    if ('wait' in stage) {
      start += stage.wait;
      continue;
    }
    const planned = { start, users: stage.users, rate: span(stage.rate) };
    stages.push(planned);
    start += stageSeconds(planned);
  }
  return { shape: arrivals, stages };
}

/** Plans all phases. They begin and end on whole seconds, so that every window belongs to one of them. */
export function planPhases(scenario: CheckedScenario): Phase[] {
  const { settle, duration = 0, phases, answerWithin } = scenario;
  const unmeasured = { measured: false, pace: FULL_PACE };
  const authored = phases ?? [{ name: 'steady', duration, measured: true, pace: 1 }];
  const lengths = [
    { name: 'ramp', seconds: rampSeconds(scenario), ...unmeasured },
    { name: 'settle', seconds: settle, ...unmeasured },
    ...authored.map(({ name, duration: seconds, measured, pace }) => ({
      name,
      seconds,
      measured,
      pace: span(pace),
    })),
    { name: 'drain', seconds: answerWithin, measured: false, pace: STANDSTILL },
  ];
  let start = 0;
  return lengths.flatMap(({ seconds, ...rest }) => {
    if (seconds === 0) return [];
    const phase = { ...rest, start, end: start + Math.ceil(seconds) };
    start = phase.end;
    return [phase];
  });
}

/**
 * Seconds a run takes: until its load is over, which is when the drain begins. A drain ends with the last answer, as
 * a rule within a few milliseconds; its whole length passes only when a target leaves something unanswered.
 */
export function lengthOf({ phases }: Pick<Plan, 'phases'>): number {
  return phases.at(-1)?.start ?? 0;
}

/** Seconds of all stages and of the waits between and after them. */
function rampSeconds({ users, ramp }: CheckedScenario): number {
  const stages = typeof ramp === 'number' ? [{ users, rate: ramp }] : ramp;
  return stages.reduce(
    (sum, stage) =>
      sum + ('wait' in stage ? stage.wait : stageSeconds({ users: stage.users, rate: span(stage.rate) })),
    0,
  );
}

function span(value: number | readonly [from: number, to: number]): { from: number; to: number } {
  return typeof value === 'number' ? { from: value, to: value } : { from: value[0], to: value[1] };
}
