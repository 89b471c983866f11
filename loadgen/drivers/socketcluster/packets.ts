/** The SocketCluster packets a user writes, as frames ready to be sent. `packet-reader.ts` reads those that come back. */
import { channelName } from '../../plan/index.ts';
import type { Publication } from '../driver.ts';
import { encodeText, withDigits } from '../wire/index.ts';

/** Numbers of a user's own calls on one connection. Subscriptions carry the channel's number, counted from the last. */
export const calls = { handshake: 1, login: 2, subscribe: 3 } as const;

/** Calls of the behaviour count on from here, so that all have ten digits and one frame serves them all. */
export const FIRST_CALL = 1_000_000_000;

/** Answers to the two kinds of heartbeat. */
export const heartbeatFrames = { 1: encodeText('#2'), 2: encodeText('') } as const;

/** Encodes the first packet of a user, with the token it has. */
export function encodeHandshake(authToken: string | null): Buffer {
  return encodeText(JSON.stringify({ event: '#handshake', data: { authToken }, cid: calls.handshake }));
}

/** Encodes an event; with a call number one that is answered by a response. */
export function encodeEvent(event: string, data: unknown, call?: number): Buffer {
  return encodeText(JSON.stringify({ event, data, cid: call }));
}

/** Encodes the response to a call of the server's. */
export function encodeResponse(call: number): Buffer {
  return encodeText(JSON.stringify({ rid: call }));
}

/** Encodes the subscription to a channel by its number; the response carries that number too. */
export function encodeSubscribe(channel: number): Buffer {
  return encodeEvent('#subscribe', { channel: channelName(channel) }, calls.subscribe + channel);
}

/** Makes a function that encodes the same call over and over, each with its own number, from 0. */
export function createCallEncoder(event: string, data: unknown): (call: number) => Buffer {
  const text = JSON.stringify({ event, data, cid: FIRST_CALL });
  const frame = encodeText(text);
  const digitsEnd = Buffer.byteLength(text) - 1;
  return (call) => withDigits(frame, digitsEnd, FIRST_CALL + call);
}

/** Encodes a publication; the keys stay in this order, because `PacketReader` looks for them in it. */
export function encodePublish(
  { channel, publisher, sequence, intended }: Readonly<Publication>,
  { mark, filler }: { mark: string; filler: string },
): Buffer {
  const micros = Math.round(intended * 1e6);
  const body = `{"r":"${mark}","p":${publisher},"n":${sequence},"t":${micros},"f":"${filler}"}`;
  return encodeText(`{"event":"#publish","data":{"channel":"${channelName(channel)}","data":${body}}}`);
}
