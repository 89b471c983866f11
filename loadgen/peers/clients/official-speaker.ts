/** Users of the published client, as its own README has them. */
import { type AGClientSocket, create, type Stream } from 'socketcluster-client';
import { type CreateSpeaker, PING } from './speaker.ts';

/** Creates them. */
export const createOfficialSpeaker: CreateSpeaker = ({ host, port, path }, heard) => {
  const sockets: AGClientSocket[] = [];
  return {
    connect(user, channels) {
      const socket = create({ hostname: host, port, path });
      sockets[user] = socket;
      void each(socket.receiver('pong'), heard.pong);
      for (const name of channels) {
        const channel = socket.subscribe(name);
        void each(channel, heard.publication);
        void each(channel.listener('subscribe'), () => heard.opened(user));
      }
      if (channels.length === 0) void each(socket.listener('connect'), () => heard.opened(user));
    },
    ping: (user) => void sockets[user]?.transmit('ping', PING),
    publish: (user, channel, data) => void sockets[user]?.transmitPublish(channel, data),
  };
};

async function each(stream: Stream<unknown>, take: () => void): Promise<void> {
  for await (const _value of stream) take();
}
