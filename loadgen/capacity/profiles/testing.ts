/** Profiles for tests. */
import type { Channels } from '../../plan/index.ts';
import { builtInProfiles } from './built-in.ts';
import type { Profile } from './profile.ts';

/** A profile of the house by its name. */
export function builtIn(name: string): Profile {
  const profile = builtInProfiles.find((each) => each.name === name);
  if (profile === undefined) throw new RangeError(`Cannot find profile "${name}"`);
  return profile;
}

/** A profile without users, or with those that are given. */
export function profileOf(changes: Partial<Profile>): Profile {
  return {
    name: 'made',
    question: 'Whom does it stand for?',
    users: 1_000,
    controller: './controller.js',
    folder: '/profiles',
    options: {},
    ...changes,
  };
}

/** Fifty channels, one for each user; a tenth publishes every 2 s. */
export function channelsOf(changes: Partial<Channels> = {}): Channels {
  return { kind: 'channels', channels: 50, subscriptions: 1, publishers: 0.1, every: 2, ...changes };
}
