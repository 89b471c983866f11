/** Profiles for tests. */
import type { Channels } from '../../plan/index.ts';
import type { Profile } from './profile.ts';

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
