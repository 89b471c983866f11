/** A fingerprint of what a plan makes users do. */
import { createHash } from 'node:crypto';
import { firstSend, nextSend } from './pace.ts';
import type { Plan } from './plan.ts';
import { publicationChannel, publishes, subscriptionsOf } from './topology.ts';

/** Users whose schedule goes into the hash, evenly spread over all. */
const SAMPLED_USERS = 64;

/** Sends of each that do. */
const SAMPLED_SENDS = 8;

const HASH_LENGTH = 12;

/**
 * Computes 12 hexadecimal digits over the plan and a sample of the times and channels made from it. Equal
 * hashes mean equal events, however many processes drive them; a change of the random numbers shows too.
 */
export function planHash(plan: Plan): string {
  const hash = createHash('sha256').update(canonical(plan));
  const step = Math.max(1, plan.users / SAMPLED_USERS);
  for (let user = 0; user < plan.users; user += step) hash.update(sampleOf(plan, Math.floor(user)));
  return hash.digest('hex').slice(0, HASH_LENGTH);
}

function sampleOf(plan: Plan, user: number): Float64Array {
  const sample = subscriptionsOf(plan, user);
  let at = firstSend(plan, user);
  for (let n = 0; n < SAMPLED_SENDS && Number.isFinite(at); n += 1) {
    sample.push(at);
    if (publishes(plan, user)) sample.push(publicationChannel(plan, user, n));
    at = nextSend(plan, user, n + 1, at);
  }
  return Float64Array.from(sample);
}

/** JSON with the names of every object in order, so that how a plan was put together does not matter. */
function canonical(plan: Plan): string {
  return JSON.stringify(plan, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  );
}
