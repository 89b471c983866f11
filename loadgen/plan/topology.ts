/** Who subscribes to what and who publishes where, drawn by the seed. All of it is empty for ping-pong. */
import type { Plan } from './plan.ts';
import { PUBLICATION_COUNTER, TOPOLOGY_COUNTER, uniform } from './random.ts';

const GOLDEN_RATIO = (Math.sqrt(5) - 1) / 2;

/** The name of a channel by its number. */
export function channelName(channel: number): string {
  return `bench/${channel}`;
}

/** The numbers of the channels a user subscribes to, all different, each channel as likely as any other. */
export function subscriptionsOf(plan: Plan, user: number): number[] {
  if (plan.behaviour.kind !== 'channels') return [];
  const { channels, subscriptions } = plan.behaviour;
  // Floyd's sampling: one draw for each channel chosen, however many there are to choose from.
  const chosen = new Set<number>();
  for (let last = channels - subscriptions; last < channels; last += 1) {
    const drawn = Math.floor(uniform(plan.seed, user, TOPOLOGY_COUNTER + last) * (last + 1));
    chosen.add(chosen.has(drawn) ? last : drawn);
  }
  return [...chosen];
}

/**
 * Tells whether a user publishes. The first user does, and publishers are spread among the others by the
 * golden ratio: exact in number, and equally dense among the users of every load process and every worker.
 * (Were it every tenth user, two processes would have all publishers in one.)
 */
export function publishes(plan: Plan, user: number): boolean {
  if (plan.behaviour.kind !== 'channels') return false;
  return (user * strideOf(plan.users)) % plan.users < publisherCount(plan);
}

/** How many users publish. */
export function publisherCount(plan: Plan): number {
  if (plan.behaviour.kind !== 'channels' || plan.behaviour.publishers === 0) return 0;
  return Math.max(1, Math.round(plan.users * plan.behaviour.publishers));
}

/** The channel of a user's n-th publication, from 0: one it subscribes to, or any if it has no subscription. */
export function publicationChannel(plan: Plan, user: number, n: number): number {
  if (plan.behaviour.kind !== 'channels') throw new TypeError('Cannot choose a channel: ping-pong has none');
  const draw = uniform(plan.seed, user, PUBLICATION_COUNTER + n);
  const own = subscriptionsOf(plan, user);
  const choice = Math.floor(draw * (own.length > 0 ? own.length : plan.behaviour.channels));
  return own[choice] ?? choice;
}

/** Sends of all users together per second in the steady phase: messages to be answered, or publications. */
export function messagesPerSecond(plan: Plan): number {
  const senders = plan.behaviour.kind === 'channels' ? publisherCount(plan) : plan.users;
  return senders / plan.behaviour.every;
}

/** Deliveries to subscribers per second in the steady phase, publishers' own among them. */
export function deliveriesPerSecond(plan: Plan): number {
  if (plan.behaviour.kind !== 'channels') return 0;
  const { channels, every } = plan.behaviour;
  const subscribers = new Uint32Array(channels);
  for (let user = 0; user < plan.users; user += 1) {
    for (const channel of subscriptionsOf(plan, user)) subscribers[channel] = (subscribers[channel] ?? 0) + 1;
  }
  let reached = 0;
  for (let user = 0; user < plan.users; user += 1) {
    // Without a subscription a publisher chooses any channel, and without subscriptions nobody listens.
    const own = publishes(plan, user) ? subscriptionsOf(plan, user) : [];
    for (const channel of own) reached += (subscribers[channel] ?? 0) / own.length;
  }
  return reached / every;
}

/** The largest step up to users × golden ratio that visits every user once: one without a common divisor. */
function strideOf(users: number): number {
  let stride = Math.max(1, Math.floor(users * GOLDEN_RATIO));
  while (greatestCommonDivisor(stride, users) !== 1) stride -= 1;
  return stride;
}

function greatestCommonDivisor(one: number, other: number): number {
  return other === 0 ? one : greatestCommonDivisor(other, one % other);
}
