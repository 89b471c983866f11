/**
 * What the doctor tries a host with. Processor time of a message depends on how many others are taken in the same go,
 * so that the trial has what decides this as the run will have it: as many messages a second, from as many load
 * processes to as many workers, each from another socket, and with as many heartbeats. What takes too long for a trial is
 * left out: users beyond some thousands, so that those there are get the heartbeats of all.
 */
import { heartbeatsPerSecond } from '../../doctor/index.ts';
import type { PhaseSpec, Scenario } from '../../plan/index.ts';
import type { Resolved } from '../../plan/resolve/index.ts';

/** Users at most: as many as can come in the seconds there are. */
const MOST_USERS = 3_000;
const RAMP_SECONDS = 2;
const MEASURED_SECONDS = 2;

/** Messages a second. */
const LEAST_MESSAGES = 50;
const MOST_MESSAGES = 200_000;

/** Messages after which a process has its code compiled; where fewer come in a second, one goes by in which these do. */
const WARM_MESSAGES = 10_000;
/** But no more than this of all processes together: two cores shall follow. */
const MOST_WARM_MESSAGES = 30_000;

/** The probe tells of the second before: one in which nothing else goes on than in the measured ones. */
const CALM = { name: 'calm', duration: 1, measured: false };

/** A host that cannot follow answers late; nobody waits for that. */
const ANSWER_WITHIN_SECONDS = 1;

/** Bounds of the time between two heartbeats of a user, and how long the silence of one is borne; milliseconds. */
const LEAST_PING_INTERVAL_MS = 100;
const MOST_PING_INTERVAL_MS = 120_000;
const PING_TIMEOUT_MS = 300_000;

const MILLISECONDS = 1_000;

/**
 * Plans the trial for a run with so many load processes, out of a scenario whose users send and are answered as simply
 * as can be.
 */
export function planTrial(base: Scenario, resolved: Resolved, loadProcesses: number): Scenario {
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
    phases: [
      ...warmUp(flow, Math.max(loadProcesses, workers)),
      CALM,
      { name: 'steady', duration: MEASURED_SECONDS },
    ],
    behaviour,
    target: { workers, brokers, balancers, controller, options: heartbeats(users, resolved) },
    rules: [],
    answerWithin: ANSWER_WITHIN_SECONDS,
  };
}

function warmUp(flow: number, processes: number): PhaseSpec[] {
  const messages = Math.min(MOST_WARM_MESSAGES, WARM_MESSAGES * processes);
  if (flow >= messages) return [];
  return [{ name: 'warm', duration: 1, measured: false, pace: messages / flow }];
}

/** As many a second as in the run, among fewer users. */
function heartbeats(users: number, resolved: Resolved): Record<string, number> {
  const wanted = Math.round((users * MILLISECONDS) / heartbeatsPerSecond(resolved));
  const pingInterval = Math.min(MOST_PING_INTERVAL_MS, Math.max(LEAST_PING_INTERVAL_MS, wanted));
  return { pingInterval, pingTimeout: PING_TIMEOUT_MS };
}

function payloadOf({ behaviour }: Scenario): unknown {
  return behaviour !== undefined && 'payload' in behaviour ? behaviour.payload : null;
}
