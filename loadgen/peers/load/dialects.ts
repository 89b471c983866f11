/** What the clients of a measure say, in the words of each server: the same data in all of them. */
import { type CreateDriver, loadDriver } from '../../drivers/index.ts';
import type { PlannedBehaviour } from '../../plan/index.ts';
import { createSocketIoDriver } from './socket-io-driver.ts';

/** How a server is spoken to; `plain` is WebSocket without anything on it. */
export type Dialect = 'socketcluster' | 'socket.io' | 'plain';

/** What clients say over and over: a ping, or publications with so many bytes of filler. */
export type Talk = { kind: 'pings' } | { kind: 'publications'; payloadBytes: number };

/** Finds the driver that speaks it: those of the load processes, and one for Socket.IO. */
export async function loadDialect(dialect: Dialect): Promise<CreateDriver> {
  if (dialect === 'socket.io') return createSocketIoDriver;
  return loadDriver(dialect === 'plain' ? 'websocket' : 'socketcluster');
}

/** The pace is kept by the measure, not by the behaviour. */
const every = { mean: 1, shape: 'constant', spread: 0 } as const;

const PING = { message: 'This is a PING message', sentBy: 'virtual user' };

/** Puts what is said as a behaviour of users. */
export function behaviourOf(dialect: Dialect, talk: Talk): PlannedBehaviour {
  if (dialect === 'plain') {
    return { kind: 'messages', message: plainMessage(talk), correlate: '', every, model: 'open' };
  }
  if (talk.kind === 'pings') {
    return { kind: 'ping-pong', event: 'ping', reply: 'pong', payload: PING, every, model: 'open' };
  }
  return {
    kind: 'channels',
    channels: 1,
    channelsOf: '',
    subscriptions: 1,
    popularity: 'even',
    subscribers: 1,
    publishers: 0,
    publishTo: 'any',
    payloadBytes: talk.payloadBytes,
    every,
  };
}

/** A time of ten digits, as publications in other words have one when `INTENDED` is their time. */
const MICROS = 1_000_000_000;
/** Intended time of every publication, seconds: nobody looks at it, but it is to have as many bytes everywhere. */
export const INTENDED = MICROS / 1e6;

function plainMessage(talk: Talk): string {
  if (talk.kind === 'pings') return JSON.stringify(PING);
  return `{"r":"peers0","p":0,"n":{{id}},"t":${MICROS},"f":"${'f'.repeat(talk.payloadBytes)}"}`;
}
