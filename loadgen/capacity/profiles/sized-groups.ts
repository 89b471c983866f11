/**
 * The groups of a profile for so many users: channels grow with users, so that a publication reaches as many as ever,
 * and all of them together send exactly as much as so many users are to send.
 */
import type { Behaviour, Channels, Gap, GroupSpec } from '../../plan/index.ts';
import { type Part, type Profile, partsOf } from './profile.ts';

/** Rounds a number of users to whole ones, and to one of each kind at least. */
export function wholeUsers(profile: Profile, users: number): number {
  return Math.max(1, partsOf(profile).length, Math.round(users));
}

/** Gives the groups for so many users, a whole number. The weight of each is how many of them it has. */
export function sizedGroups(profile: Profile, users: number): GroupSpec[] {
  const parts = partsOf(profile);
  const counts = countsOf(parts, users);
  const channels = channelsFor(parts, profile.users, users);
  return parts.map(({ group, share }, n) => {
    const count = counts[n] ?? 1;
    return {
      ...group,
      weight: count,
      behaviour: sized(group.behaviour, { count, due: users * share, channels }),
    };
  });
}

/** One of each kind, and the others by their shares. */
function countsOf(parts: readonly Part[], users: number): number[] {
  const others = users - parts.length;
  let [before, share] = [0, 0];
  return parts.map((part) => {
    share += part.share;
    const until = Math.round(others * share);
    const count = 1 + until - before;
    before = until;
    return count;
  });
}

/**
 * Whoever publishes to a channel of its own is one of those who get it: it is the others that have to stay as many. One
 * factor for all groups, or one with fewer channels than those it shares would come to have more.
 */
function channelsFor(parts: readonly Part[], before: number, users: number): (channels: number) => number {
  const all = parts.flatMap(({ group: { behaviour } }) => (behaviour.kind === 'channels' ? [behaviour] : []));
  const isOwn = before > 1 && all.some(({ publishTo = 'own' }) => publishTo === 'own');
  const factor = isOwn ? (users - 1) / (before - 1) : users / before;
  const least = Math.max(1, ...all.map(({ subscriptions }) => subscriptions));
  return (channels) => Math.max(least, Math.round(channels * factor));
}

interface Size {
  /** Users there are of a kind, and users there would be if they could be divided. */
  readonly count: number;
  readonly due: number;
  readonly channels: (channels: number) => number;
}

function sized(behaviour: Behaviour, size: Size): Behaviour {
  if (behaviour.kind === 'channels') return sizedChannels(behaviour, size);
  if (!('every' in behaviour)) return behaviour;
  return { ...behaviour, every: stretched(behaviour.every, size.count / size.due) };
}

/** Publishers are whole ones as well: what there are too many of them they make up for by publishing less often. */
function sizedChannels(behaviour: Channels, { channels, count, due }: Size): Channels {
  const grown = { ...behaviour, channels: channels(behaviour.channels) };
  if (behaviour.publishers === 0) return grown;
  const publishers = Math.min(count, Math.max(1, Math.round(count * behaviour.publishers)));
  const every = stretched(behaviour.every, publishers / (due * behaviour.publishers));
  return { ...grown, publishers: publishers / count, every };
}

function stretched(gap: number | Gap, times: number): number | Gap {
  return typeof gap === 'number' ? gap * times : { ...gap, mean: gap.mean * times };
}
