/**
 * When each user does what, in seconds since the common start. Intended times only: nothing here waits for
 * an answer, so a slow target never slows the schedule down.
 */
import type { Plan } from './plan.ts';
import { uniform } from './random.ts';
import { publishes } from './topology.ts';

/** Draws used up by the first send of a user; the n-th send draws counter n + 1. */
const FIRST_SEND_DRAWS = 2;

/** When a user begins to connect. */
export function arrivalSeconds(plan: Plan, user: number): number {
  return user / plan.ramp;
}

/**
 * When a user first sends. `Infinity` for one that never does.
 *
 * The wait after its arrival is what is left of a gap that was already running: drawn so, a user sends at
 * exactly its rate from the moment it arrives, with neither a burst nor a lull while users come in.
 */
export function firstSend(plan: Plan, user: number): number {
  if (plan.behaviour.kind === 'channels' && !publishes(plan, user)) return Number.POSITIVE_INFINITY;
  const { shortest, longest } = gapsOf(plan);
  // A moment falls into long gaps more often than into short ones: the density of the gap it falls into
  // grows with its length, and this is the inverse of that distribution.
  const lengthDraw = uniform(plan.seed, user, 0);
  const gap = Math.sqrt(lengthDraw * (longest ** 2 - shortest ** 2) + shortest ** 2);
  return arrivalSeconds(plan, user) + uniform(plan.seed, user, 1) * gap;
}

/** When a user sends for the n-th time (1 is the send after the first), given when it sent before that. */
export function nextSend(plan: Plan, user: number, n: number, previous: number): number {
  const { shortest, longest } = gapsOf(plan);
  const draw = uniform(plan.seed, user, n + FIRST_SEND_DRAWS - 1);
  return previous + shortest + draw * (longest - shortest);
}

function gapsOf({ behaviour: { every, spread } }: Plan): { shortest: number; longest: number } {
  return { shortest: every * (1 - spread), longest: every * (1 + spread) };
}
