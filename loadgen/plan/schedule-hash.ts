/** A fingerprint of what a plan makes users do. */
import { createHash } from 'node:crypto';
import type { Plan } from './plan.ts';
import { createSchedule, type Schedule } from './schedule/index.ts';

/** Users whose schedule goes into the hash, evenly spread over all. */
const SAMPLED_USERS = 64;

/** Turns of each that do. */
const SAMPLED_TURNS = 8;

const HASH_LENGTH = 12;

/**
 * Computes 12 hexadecimal digits over the plan and a sample of the times and channels made from it. Equal
 * hashes mean equal events, however many processes drive them; a change of the random numbers shows too.
 */
export function planHash(plan: Plan): string {
  const hash = createHash('sha256').update(canonical(plan));
  const schedule = createSchedule(plan);
  const step = Math.max(1, plan.users / SAMPLED_USERS);
  for (let user = 0; user < plan.users; user += step) hash.update(sampleOf(schedule, Math.floor(user)));
  return hash.digest('hex').slice(0, HASH_LENGTH);
}

function sampleOf(schedule: Schedule, user: number): Float64Array {
  const sample = [...schedule.subscriptions(user), schedule.groupOf(user), schedule.arrival(user)];
  sample.push(...lifeOf(schedule, user));
  let at = schedule.firstTurn(user, schedule.arrival(user));
  for (let n = 0; n < SAMPLED_TURNS && Number.isFinite(at); n += 1) {
    sample.push(at);
    if (schedule.isPublisher(user)) sample.push(schedule.publicationChannel(user, n));
    at = schedule.nextTurn(user, n + 1, at);
  }
  return Float64Array.from(sample);
}

function lifeOf(schedule: Schedule, user: number): number[] {
  const leaves = schedule.stays(user, 0, schedule.arrival(user));
  const stalls = schedule.nextStall(user, 0, schedule.arrival(user));
  return [
    leaves,
    schedule.returns(user, 0, leaves),
    schedule.firstTurn(user, 0, 1),
    schedule.reconnectWait(user, 0),
    stalls,
    schedule.stallEnd(user, 0, stalls),
  ];
}

/** JSON with the names of every object in order, so that how a plan was put together does not matter. */
function canonical(plan: Plan): string {
  return JSON.stringify(plan, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  );
}
