/** Usual shapes of load, for authors of scenarios. */
import type { PhaseSpec, Stage } from './scenario.ts';

/** Users that come in equal groups, each followed by a pause. */
export interface StairsOfUsers {
  /** How many there are. */
  steps: number;
  /** All users together. */
  users: number;
  /** Users that come per second during a step. */
  rate: number;
  /** Seconds between two steps. */
  hold: number;
}

/** Phases of equal length, each faster than the one before it by the same amount. */
export interface StairsOfPace {
  steps: number;
  /** Pace of the last step. */
  pace: number;
  /** Seconds a step takes, a whole number. */
  hold: number;
}

/** A calm phase, a fast one and a calm one again. */
export interface Spike {
  /** Pace of the fast phase. */
  pace: number;
  /** Seconds it takes, a whole number. */
  hold: number;
  /** Seconds the calm phases take, whole numbers. Default: as the fast one. */
  before?: number;
  after?: number;
}

/** Makes the stages of a ramp that goes up in steps. */
export function staircase(stairs: StairsOfUsers): Stage[];
/** Makes phases `step-1`, `step-2` and so on, whose pace goes up in steps. */
export function staircase(stairs: StairsOfPace): PhaseSpec[];
export function staircase(stairs: StairsOfUsers | StairsOfPace): Stage[] | PhaseSpec[] {
  return 'users' in stairs ? stagesOf(stairs) : phasesOf(stairs);
}

/** Makes the phases `before`, `spike` and `after`. */
export function spike({ pace, hold, before = hold, after = hold }: Spike): PhaseSpec[] {
  return [
    { name: 'before', duration: before },
    { name: 'spike', duration: hold, pace },
    { name: 'after', duration: after },
  ];
}

function stagesOf({ steps, users, rate, hold }: StairsOfUsers): Stage[] {
  return Array.from({ length: steps }, (_, step): Stage[] => {
    const come = Math.floor((users * (step + 1)) / steps) - Math.floor((users * step) / steps);
    return step === 0 ? [{ users: come, rate }] : [{ wait: hold }, { users: come, rate }];
  }).flat();
}

function phasesOf({ steps, pace, hold }: StairsOfPace): PhaseSpec[] {
  return Array.from({ length: steps }, (_, step) => ({
    name: `step-${step + 1}`,
    duration: hold,
    pace: (pace * (step + 1)) / steps,
  }));
}
