/** Users of the published client, as its own README has them. */
import { type AGClientSocket, create, type Stream } from 'socketcluster-client';
import { channelName } from '../../../plan/index.ts';
import { type CreateSpeaker, dataOf, PING } from './speaker.ts';

/** Creates them. */
export const createOfficialSpeaker: CreateSpeaker = ({ target: { host, port, path } }, heard) => {
  const sockets: AGClientSocket[] = [];
  return {
    connect(user, channels) {
      const socket = create({ hostname: host, port, path });
      sockets[user] = socket;
      void each(socket.receiver('pong'), heard.pong);
      for (const number of channels) {
        const channel = socket.subscribe(channelName(number));
        void each(channel, heard.publication);
        void each(channel.listener('subscribe'), () => heard.opened(user));
      }
      if (channels.length === 0) void each(socket.listener('connect'), () => heard.opened(user));
    },
    ping: (user) => void sockets[user]?.transmit('ping', PING),
    publish: (user, publication) =>
      void sockets[user]?.transmitPublish(channelName(publication.channel), dataOf(publication)),
  };
};

async function each(stream: Stream<unknown>, take: () => void): Promise<void> {
  for await (const _value of stream) take();
}
