/**
 * What the doctor tries a host with. Processor time of a message depends on how many others are taken in the same go,
 * so that the trial has what decides this as the run will have it: as many messages a second, from as many load
 * processes to as many workers, and each from another socket. What takes too long for a trial is left out: users
 * beyond some thousands, whose heartbeats are added by arithmetic.
 */
import type { PhaseSpec, Scenario } from '../../plan/index.ts';
import type { Resolved } from '../../plan/resolve/index.ts';

/** Users at most: as many as can come in the seconds there are. */
const MOST_USERS = 3_000;
const RAMP_SECONDS = 2;
const MEASURED_SECONDS = 2;

/** Messages a second. */
const LEAST_MESSAGES = 50;
const MOST_MESSAGES = 200_000;

/** Messages after which code is compiled; where fewer come in a second, one second goes by in which these do. */
const WARM_MESSAGES = 10_000;

/** The probe tells of the second before: one in which nothing else goes on than in the measured ones. */
const CALM = { name: 'calm', duration: 1, measured: false };

/** A host that cannot follow answers late; nobody waits for that. */
const ANSWER_WITHIN_SECONDS = 1;

/** Nearly no heartbeats, milliseconds. */
const SELDOM = { pingInterval: 120_000, pingTimeout: 300_000 };

/** Plans the trial for a run, out of a scenario whose users send and are answered as simply as can be. */
export function planTrial(base: Scenario, resolved: Resolved): Scenario {
  const { plan, target, messagesPerSecond, deliveriesPerSecond } = resolved;
  const { workers, brokers, balancers } = target;
  const users = Math.min(plan.users, MOST_USERS);
  const flow = Math.min(MOST_MESSAGES, Math.max(LEAST_MESSAGES, messagesPerSecond + deliveriesPerSecond));
  const behaviour = { kind: 'ping-pong', payload: payloadOf(base), every: users / flow } as const;
  const { controller } = base.target;
  return {
    name: 'doctor',
    question: 'What do messages and connections cost here?',
    users,
    ramp: users / RAMP_SECONDS,
    settle: 0,
    phases: [...warmUp(flow), CALM, { name: 'steady', duration: MEASURED_SECONDS }],
    behaviour,
    target: { workers, brokers, balancers, controller, options: SELDOM },
    rules: [],
    answerWithin: ANSWER_WITHIN_SECONDS,
  };
}

function warmUp(flow: number): PhaseSpec[] {
  if (flow >= WARM_MESSAGES) return [];
  return [{ name: 'warm', duration: 1, measured: false, pace: WARM_MESSAGES / flow }];
}

function payloadOf({ behaviour }: Scenario): unknown {
  return behaviour !== undefined && 'payload' in behaviour ? behaviour.payload : null;
}
