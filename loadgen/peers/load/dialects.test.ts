import { expect, test } from 'vitest';
import { textsOf } from '../../drivers/wire/index.ts';
import { behaviourOf, type Dialect, INTENDED, loadDialect, type Talk } from './dialects.ts';
import { encodeSocketIoEvent } from './socket-io-packets.ts';

test('loadDialect() finds a driver for each', async () => {
  const dialects: Dialect[] = ['socketcluster', 'socket.io', 'plain'];
  const drivers = await Promise.all(dialects.map(loadDialect));
  expect(drivers.map((create) => typeof create)).toEqual(['function', 'function', 'function']);
  expect(new Set(drivers).size).toBe(3);
});

test('behaviourOf() has the same data in a ping, whoever reads it', () => {
  const talk: Talk = { kind: 'pings' };
  const plain = behaviourOf('plain', talk);
  for (const dialect of ['socketcluster', 'socket.io'] as const) {
    const ping = behaviourOf(dialect, talk);
    expect(JSON.stringify('payload' in ping && ping.payload)).toBe('message' in plain && plain.message);
  }
});

test('behaviourOf() has as many bytes of data in a publication, whoever reads it', () => {
  const talk: Talk = { kind: 'publications', payloadBytes: 64 };
  const plain = behaviourOf('plain', talk);
  const sent = behaviourOf('socket.io', talk);
  const filler = 'f'.repeat('payloadBytes' in sent ? sent.payloadBytes : 0);
  const body = { r: 'peers0', p: 0, n: 123, t: Math.round(INTENDED * 1e6), f: filler };
  const [packet = ''] = textsOf(encodeSocketIoEvent(['publish', 'bench/0', body]));
  const message = 'message' in plain ? plain.message.replace('{{id}}', '123') : '';
  expect(packet).toBe(`42["publish","bench/0",${message}]`);
});
