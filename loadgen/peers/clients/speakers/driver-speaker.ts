/** Users of the driver of our load processes, without what these measure. */
import type { CreateDriver } from '../../../drivers/index.ts';
import type { CreateSpeaker } from './speaker.ts';

/** Pause before a user whose connection ended connects again, milliseconds. */
const AGAIN_MS = 1_000;

/** Makes what creates them. */
export function speakBy(createDriver: CreateDriver): CreateSpeaker {
  return ({ plan, target, sourceAddresses, connect: spec, protocolVersion }, heard) => {
    const channelsOf: (readonly number[])[] = [];
    const unsubscribed = new Uint32Array(plan.users);
    const connect = (user: number): void =>
      driver.connect(user, sourceAddresses[user % sourceAddresses.length]);
    const again = (user: number): void => void setTimeout(connect, AGAIN_MS, user);
    const driver = createDriver({
      ...{ users: plan.users, target, address: target.host, connect: spec, protocolVersion },
      behaviours: plan.groups.map(({ behaviour }) => behaviour),
      groups: new Uint8Array(plan.users),
      numbers: Uint32Array.from({ length: plan.users }, (_, user) => user),
      clock: { now: () => 0, startEpochMs: 0 },
      events: {
        opened(user) {
          const channels = channelsOf[user] ?? [];
          unsubscribed[user] = channels.length;
          if (channels.length === 0) heard.opened(user);
          else driver.subscribe(user, channels);
        },
        subscribed(user) {
          unsubscribed[user] = (unsubscribed[user] ?? 0) - 1;
          if (unsubscribed[user] === 0) heard.opened(user);
        },
        answer: heard.pong,
        push: heard.publication,
        refused: again,
        closed: again,
        response: ignore,
        event: ignore,
      },
    });
    return {
      connect(user, channels) {
        channelsOf[user] = channels;
        connect(user);
      },
      ping: (user) => driver.send(user, 1),
      publish: (user, publication) => driver.publish(user, publication),
    };
  };
}

function ignore(): void {}
