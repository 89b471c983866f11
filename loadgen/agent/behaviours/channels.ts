/** Users that subscribe, and of whom some publish. */
import type { Driver } from '../../drivers/index.ts';
import { channelName, type Schedule } from '../../plan/index.ts';
import type { Oracle } from '../oracle/index.ts';
import type { Recorder } from '../recording/index.ts';
import type { Users } from '../users.ts';
import { idle, type Routine } from './routine.ts';

/** What the routine needs. */
export interface ChannelsOptions {
  driver: Driver;
  oracle: Oracle;
  recorder: Recorder;
  schedule: Schedule;
  users: Users;
}

/** Subscribes at the beginning of each connection, publishes at each turn. */
export function createChannels({ driver, oracle, recorder, schedule, users }: ChannelsOptions): Routine {
  const publication = { channel: 0, publisher: 0, sequence: 0, intended: 0 };
  return {
    ...idle,
    prepare(user) {
      const channels = schedule.subscriptions(users.numberOf(user));
      if (channels.length === 0) return 0;
      for (const channel of channels) recorder.audience.ask(channelName(channel));
      oracle.request(user);
      driver.subscribe(user, channels);
      return channels.length;
    },
    take(user, turn, intended, now) {
      const publisher = users.numberOf(user);
      publication.channel = schedule.publicationChannel(publisher, turn);
      publication.publisher = publisher;
      publication.sequence = oracle.published(publication.channel, publisher, intended);
      publication.intended = intended;
      driver.publish(user, publication);
      recorder.published(channelName(publication.channel), now - intended);
    },
    end(user, at, isBroken) {
      oracle.end(user, at);
      const publisher = users.numberOf(user);
      if (isBroken && schedule.isPublisher(publisher)) oracle.broken(publisher);
    },
  };
}
