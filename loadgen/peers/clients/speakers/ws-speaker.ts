/** Users of the package `ws`: JSON in, JSON out, and the heartbeat; or plain text. */
import { WebSocket } from 'ws';
import { channelName } from '../../../plan/index.ts';
import { type CreateSpeaker, dataOf, PING, QUESTION } from './speaker.ts';

/** What is looked at in a packet. */
interface Packet {
  event?: string;
  rid?: number;
}

const HANDSHAKE = 1;
/** Pause before a user whose connection ended connects again, milliseconds. */
const AGAIN_MS = 1_000;

/** Creates users who speak SocketCluster. */
export const createWsSpeaker: CreateSpeaker = ({ target: { host, port, path } }, heard) => {
  const sockets: WebSocket[] = [];
  const send = (user: number, packet: object): void => sockets[user]?.send(JSON.stringify(packet));
  const connect = (user: number, channels: readonly number[]): void => {
    const socket = new WebSocket(`ws://${host}:${port}${path}`);
    socket.on('error', () => {}); // Its end follows.
    socket.on('close', () => setTimeout(connect, AGAIN_MS, user, channels));
    socket.on('open', () => {
      sockets[user] = socket;
      send(user, { event: '#handshake', data: { authToken: null }, cid: HANDSHAKE });
    });
    socket.on('message', (message: Buffer) => {
      const text = message.toString();
      if (isHeartbeat(text)) {
        socket.send(text === '' ? '' : '#2');
        return;
      }
      const packet = JSON.parse(text) as Packet;
      if (packet.rid === HANDSHAKE) {
        for (const [index, channel] of channels.entries()) {
          send(user, {
            event: '#subscribe',
            data: { channel: channelName(channel) },
            cid: HANDSHAKE + 1 + index,
          });
        }
      }
      // A user is there with the answer to the last of its calls.
      if (packet.rid === HANDSHAKE + channels.length) heard.opened(user);
      else if (packet.event === 'pong') heard.pong();
      else if (packet.event === '#publish') heard.publication();
    });
  };
  return {
    connect,
    ping: (user) => send(user, { event: 'ping', data: PING }),
    publish(user, publication) {
      const channel = channelName(publication.channel);
      send(user, { event: '#publish', data: { channel, data: dataOf(publication) } });
    },
  };
};

function isHeartbeat(text: string): boolean {
  return text === '' || text === '#1';
}

/** Creates users who say one text, and take whatever comes for its answer. */
export const createTextSpeaker: CreateSpeaker = ({ target: { host, port, path } }, heard) => {
  const sockets: WebSocket[] = [];
  const connect = (user: number): void => {
    const socket = new WebSocket(`ws://${host}:${port}${path}`);
    socket.on('error', () => {}); // Its end follows.
    socket.on('close', () => setTimeout(connect, AGAIN_MS, user));
    socket.on('message', () => heard.pong());
    socket.on('open', () => {
      sockets[user] = socket;
      heard.opened(user);
    });
  };
  return {
    connect,
    ping: (user) => sockets[user]?.send(QUESTION),
    publish(user) {
      throw new TypeError(`Cannot publish as user ${user}: plain text knows no channels`);
    },
  };
};
