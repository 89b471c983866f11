/** How many a publication reaches. */
import type { Channels } from '../../../plan/index.ts';
import { type Profile, partsOf } from '../profile.ts';
import { shareThere } from './presence.ts';

/** Users who share channels with others. */
interface Audience {
  /** Name of the group that the channels belong to. */
  readonly owner: string;
  readonly behaviour: Channels;
  /** Subscriptions of those who are there, of all and of one user. */
  readonly subscriptions: number;
  readonly each: number;
}

/**
 * Gives the mean subscribers of a publication of each group, the publisher among them if it subscribes, at the users of
 * the profile; 0 for a group without channels. Channels are taken to be equally popular.
 */
export function fanOutsOf(profile: Profile): number[] {
  const audiences = audiencesOf(profile);
  return audiences.map((audience) => (audience === null ? 0 : fanOutOf(audience, audiences)));
}

function audiencesOf(profile: Profile): (Audience | null)[] {
  const owners = new Map<string, string>();
  return partsOf(profile).map(({ group, share }) => {
    const { behaviour, name } = group;
    if (behaviour.kind !== 'channels') return null;
    const owner = owners.get(behaviour.channelsOf ?? '') ?? name;
    owners.set(name, owner);
    const each = behaviour.subscriptions * shareThere(group);
    const subscribers = profile.users * share * (behaviour.subscribers ?? 1);
    return { owner, behaviour, subscriptions: subscribers * each, each };
  });
}

/** A group with fewer channels has the first ones: whom it meets there are those who subscribe to these. */
function fanOutOf(audience: Audience, audiences: readonly (Audience | null)[]): number {
  const { behaviour, each, owner } = audience;
  const { channels, publishTo = 'own', subscribers = 1, subscriptions } = behaviour;
  const others = audiences.filter((other) => other?.owner === owner);
  const mean = others.reduce((sum, other) => {
    if (other === null) return sum;
    const shared = Math.min(channels, other.behaviour.channels) / channels;
    return sum + (other.subscriptions / other.behaviour.channels) * shared;
  }, 0);
  // On a channel of its own a publisher is certain to be there, and not by the chance that others are.
  const ownShare = publishTo === 'own' && subscriptions > 0 ? subscribers : 0;
  return mean + ownShare * (1 - each / channels);
}
