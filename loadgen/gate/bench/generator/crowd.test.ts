import { expect, onTestFinished, test, vi } from 'vitest';
import { startTarget, type TargetOptions } from '../../../drivers/testing.ts';
import { channelName } from '../../../plan/index.ts';
import { findScenario, type GateScenario } from '../scenarios.ts';
import { Crowd, now } from './crowd.ts';

const channels: GateScenario = findScenario('channels');
const { behaviour, ...rest } = findScenario('ping-pong');
/** The event that the target of the tests responds to. */
const calls: GateScenario = { ...rest, behaviour: { ...behaviour, event: 'call' } as typeof behaviour };

async function join(scenario: GateScenario, options: TargetOptions = {}, isIdle = false) {
  const target = await startTarget(options);
  const spec = { crowd: 'base', port: target.port, path: '/socketcluster/', users: 8, isIdle };
  const connected = Crowd.connect(spec, scenario);
  onTestFinished(async () => {
    await (await connected.catch(() => undefined))?.close();
    await target.close();
  });
  return { target, crowd: await connected };
}

test('Crowd calls in turn from all clients and counts the responses', async () => {
  const { target, crowd } = await join(calls);
  const answered = vi.fn();
  crowd.listen({ onAnswered: answered });
  const intended = now();
  for (let left = 16; left > 0; left -= 1) crowd.send(intended);
  await vi.waitUntil(() => crowd.underWay === 0);
  expect(crowd.tally).toEqual({ sent: 16, answered: 16, dropped: 0, lost: 0, duplicated: 0 });
  expect(answered).toHaveBeenCalledTimes(16);
  expect(answered.mock.calls[0]?.[0]).toBe(intended);
  expect(target.sockets.size).toBe(8);
});

test('Crowd counts errors as dropped and repeated responses as duplicated', async () => {
  const { crowd } = await join(calls, {
    onPacket(socket, { event, cid }) {
      if (event !== 'call') return false;
      const isFirst = cid === 1_000_000_000;
      socket.send(isFirst ? `{"rid":${cid},"error":{"message":"no"}}` : `{"rid":${cid}}`);
      socket.send(`{"rid":${cid}}`);
      return true;
    },
  });
  crowd.send(0);
  crowd.send(0);
  await vi.waitUntil(() => crowd.tally.duplicated === 1);
  expect(crowd.tally).toEqual({ sent: 2, answered: 1, dropped: 1, lost: 0, duplicated: 1 });
});

test('Crowd counts a publication as answered when all its subscribers have it', async () => {
  const { crowd } = await join(channels);
  for (let left = 6; left > 0; left -= 1) crowd.send(0);
  await vi.waitUntil(() => crowd.underWay === 0);
  expect(crowd.tally).toMatchObject({ sent: 6, answered: 6, duplicated: 0 });
  expect(crowd.oddities).toEqual({ reordered: 0, troubles: 0 });
});

test('Crowd finds publications that come twice, out of order or never', async () => {
  const held: string[] = [];
  const { crowd } = await join(channels, {
    onPacket(socket, { event, data }) {
      if (event !== '#publish') return false;
      if ((data as { channel: string }).channel !== channelName(0)) return true;
      held.push(JSON.stringify({ event, data }));
      // The publisher of one channel alone hears of it: the second before the first, and that one twice.
      if (held.length === 2) for (const index of [1, 0, 0]) socket.send(held[index] ?? '');
      return true;
    },
  });
  for (let left = 3; left > 0; left -= 1) crowd.send(0);
  await vi.waitUntil(() => crowd.tally.duplicated === 1);
  crowd.giveUp();
  expect(crowd.tally).toMatchObject({ sent: 3, answered: 0, lost: 3, duplicated: 1 });
  expect(crowd.oddities.reordered).toBe(1);
});

test('Crowd counts connections that end as troubles', async () => {
  const { target, crowd } = await join(calls);
  for (const socket of target.sockets) socket.terminate();
  await vi.waitUntil(() => crowd.oddities.troubles === 8);
});

test('Crowd leaves idle clients without a subscription', async () => {
  const { target } = await join(channels, {}, true);
  expect(target.packets.filter(({ event }) => event === '#subscribe')).toEqual([]);
});

test('Crowd.connect() rejects and leaves nothing when a client is turned away', async () => {
  await expect(join(calls, { status: 503 })).rejects.toThrow(
    'Cannot connect 8 clients to the server: http-503',
  );
});

test('Crowd.connect() lets clients that are turned away try again', async () => {
  let turnedAway = 0;
  const { target } = await join(calls, {
    onPacket(socket, { event }) {
      if (event !== '#handshake' || turnedAway === 3) return false;
      turnedAway += 1;
      socket.terminate();
      return true;
    },
  });
  expect(target.sockets.size).toBe(8);
  expect(target.requests).toHaveLength(11);
});
