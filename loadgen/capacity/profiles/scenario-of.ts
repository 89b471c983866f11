/** A profile as a scenario that can be run. */
import { type Behaviour, defineScenario, type Scenario } from '../../plan/index.ts';
import { type Profile, USUAL_PING_INTERVAL_MS } from './profile.ts';

/** How it is to be run. */
export interface Run {
  readonly users: number;
  /** Whole seconds to be measured. */
  readonly seconds: number;
  readonly workers: number;
  /** Factor by which everything goes faster before what is measured, for some seconds. Absent: it does not. */
  readonly overload?: number | undefined;
}

/** Users that arrive in a second: connecting is over before the load begins. */
const MOST_ARRIVALS = 1_000;

/** Between the last arrival and the first measured second. */
const SETTLE_SECONDS = 2;

const OVERLOAD_SECONDS = 5;

/** An answer that takes longer has failed any objective; seconds. */
const ANSWER_WITHIN = 5;

/** A moment in which nobody hears a heartbeat is no reason to drop him, milliseconds. */
const PING_TIMEOUT_MS = 60_000;

/**
 * Makes the scenario: connections first, then the load. Publishers are all users, so that a single one publishes too.
 */
export function scenarioOf(profile: Profile, { overload, seconds, users, workers }: Run): Scenario {
  const { churn, controller, name, pingInterval = USUAL_PING_INTERVAL_MS, question } = profile;
  const steady = { name: 'steady', duration: seconds };
  const before = { name: 'overload', duration: OVERLOAD_SECONDS, pace: overload ?? 1, measured: false };
  return defineScenario({
    name: `plan-${name}`,
    question,
    users,
    ramp: Math.min(MOST_ARRIVALS, Math.max(1, users)),
    settle: SETTLE_SECONDS,
    phases: overload === undefined ? [steady] : [before, steady],
    behaviour: behaviourOf(profile, users),
    ...(churn && {
      stays: { mean: churn.stays, shape: 'exponential' },
      returns: { mean: churn.away, shape: 'exponential' },
    }),
    target: { workers, brokers: 1, controller, options: { pingInterval, pingTimeout: PING_TIMEOUT_MS } },
    rules: [],
    answerWithin: ANSWER_WITHIN,
  });
}

function behaviourOf({ behaviour }: Profile, users: number): Behaviour {
  switch (behaviour.kind) {
    case 'idle':
      return { kind: 'idle' };
    case 'channels': {
      const { every, fanOut, payloadBytes, subscriptions } = behaviour;
      // Never more subscriptions than channels: few users meet in as many as there are.
      const channels = Math.max(1, Math.round((users * subscriptions) / fanOut));
      return {
        kind: 'channels',
        channels,
        subscriptions: Math.min(subscriptions, channels),
        publishers: 1,
        every,
        payloadBytes,
      };
    }
    default:
      return behaviour;
  }
}
