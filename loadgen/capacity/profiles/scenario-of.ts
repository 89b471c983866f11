/** The scenario of a trial with so many users of a profile. */
import type { PhaseSpec, Scenario } from '../../plan/index.ts';
import { given, habitsOf, type Profile } from './profile.ts';
import { settleSecondsOf } from './rates/index.ts';
import { sizedGroups, wholeUsers } from './sized-groups.ts';

/** What a trial is to be. */
export interface TrialWish {
  /** Rounded to whole ones, and to one of each group at least. */
  readonly users: number;
  /** To be measured, rounded up to whole ones. */
  readonly seconds: number;
  readonly workers: number;
  /** Seconds after the last arrival. Default 3, and longer where users come and go until as many are there as ever. */
  readonly settle?: number | undefined;
  /** Users that arrive a second. Default 500 for each worker, 1,000 at most. */
  readonly ramp?: number | undefined;
  /** Speed of all users in a phase before the measured one: 1.5 is half as much load again. Default: no such phase. */
  readonly overload?: number | undefined;
  /** Length of that phase, rounded up to whole seconds. Default 5. */
  readonly overloadSeconds?: number | undefined;
}

/** Connections are opened at a bounded rate: the scenarios take 500 a second, and 100k-users 1,000 at the most. */
const RAMP_OF_WORKER = 500;
const MOST_RAMP = 1_000;

/** As long as a trial of the ramp of a search. */
const OVERLOAD_SECONDS = 5;

/** Seconds; a connection has as long. No objective waits so long: whatever is later was late already. */
const ANSWER_WITHIN = 10;

/**
 * Makes the scenario of a trial: all come, settle, are overloaded if that is asked for, and are measured in the phase
 * `steady`. It has no rules: the objective is the search's.
 */
export function scenarioOf(profile: Profile, wish: TrialWish): Scenario {
  const { name, question, connect, controller, options } = profile;
  const { workers, ramp = Math.min(MOST_RAMP, RAMP_OF_WORKER * workers), settle } = wish;
  const users = wholeUsers(profile, wish.users);
  return {
    name,
    question,
    users,
    ramp,
    settle: settle ?? settleSecondsOf(profile),
    phases: phasesOf(wish),
    ...doingsOf(profile, users),
    ...given({ connect }),
    target: { workers, brokers: 1, controller, options: { ...options } },
    rules: [],
    answerWithin: ANSWER_WITHIN,
  };
}

function phasesOf({ overload, overloadSeconds = OVERLOAD_SECONDS, seconds }: TrialWish): PhaseSpec[] {
  const steady = { name: 'steady', duration: Math.ceil(seconds) };
  if (overload === undefined) return [steady];
  const before = { name: 'overload', duration: Math.ceil(overloadSeconds), pace: overload, measured: false };
  return [before, steady];
}

/** Said as the profile says it: a behaviour, or groups. */
function doingsOf(profile: Profile, users: number): Partial<Scenario> {
  const groups = sizedGroups(profile, users);
  const [only] = groups;
  if (profile.groups !== undefined || only === undefined) return { groups };
  return { behaviour: only.behaviour, ...habitsOf(profile) };
}
