import { expect, test } from 'vitest';
import { builtIn } from '../../profiles/testing.ts';
import type { TrialRequest } from '../../trials/index.ts';
import { aProcess, aRecord } from '../testing.ts';
import { lookAtSockets } from './look-at-sockets.ts';

const extra = { profile: builtIn('chat'), workers: 1, out: '/out', command: 'test' };
const never = { signal: new AbortController().signal };

/** A server whose workers take so many bytes a socket, and 90 microseconds a connection. */
function scene(bytesPerSocket: number, change: (users: number) => object = () => ({})) {
  const asked: TrialRequest[] = [];
  const trial = (request: TrialRequest) => {
    asked.push(request);
    const { stays, users } = request.scenario;
    const connects = stays === undefined ? 0 : 2_000;
    const worker = { sockets: users, rssBytes: 60e6 + bytesPerSocket * users, busyMicros: 90 * connects };
    const processes = [aProcess(worker), aProcess({ role: 'broker', rssBytes: 50e6 })];
    return Promise.resolve(
      aRecord({ users, processes, counts: { ...aRecord().counts, connects }, ...change(users) }),
    );
  };
  return { asked, trial };
}

test('lookAtSockets() tells bytes of a socket, of the rest, and microseconds of a connection', async () => {
  const { asked, trial } = scene(8_000);
  const found = await lookAtSockets(extra, never, trial);
  expect(found.memory?.perSocket.median).toBeCloseTo(8_000, 3);
  expect(found.memory?.base).toBeCloseTo(60e6, -1);
  expect(found).toMatchObject({ connectMicros: 90, mostSockets: 4_000, othersBytes: 50e6, remarks: [] });
  expect(found).not.toHaveProperty('crowd');
  expect(asked.map(({ out }) => out)).toEqual([
    '/out/500-sockets',
    '/out/2000-sockets',
    '/out/4000-sockets',
    '/out/coming-and-going',
  ]);
});

test('lookAtSockets() keeps subscriptions and lets hardly anything be said', async () => {
  const { asked, trial } = scene(8_000);
  await lookAtSockets(extra, never, trial);
  const { behaviour, groups, phases } = asked[0]!.scenario;
  expect(behaviour?.kind ?? groups?.[0]?.behaviour.kind).toBe('channels');
  expect(phases).toMatchObject([{ pace: 0.01 }]);
});

test('lookAtSockets() says that memory did not grow, and goes on', async () => {
  const found = await lookAtSockets(extra, never, scene(-10).trial);
  expect(found.memory).toBeUndefined();
  expect(found.remarks.join()).toMatch(/^Cannot tell the memory of a socket: memory changes by -10 bytes/);
});

test('lookAtSockets() has sockets answer the heartbeats of many users where these hardly say anything else', async () => {
  const { asked, trial } = scene(8_000);
  const found = await lookAtSockets({ ...extra, profile: builtIn('idle') }, never, trial);
  expect(asked.at(-1)).toMatchObject({
    out: '/out/heartbeats',
    scenario: { users: 2_000, target: { options: { pingInterval: 300 } } },
  });
  expect(found.crowd?.users).toBe(2_000);
});

test('lookAtSockets() learns nothing from a look under which the target ended, and says so', async () => {
  const ended = (users: number) => (users === 4_000 ? { fellOver: 'worker 0 ended' } : {});
  const { mostSockets, remarks } = await lookAtSockets(extra, never, scene(8_000, ended).trial);
  expect(mostSockets).toBe(2_000);
  expect(remarks).toEqual([
    'The target ended with 4000 sockets: worker 0 ended',
    expect.stringMatching(/^Cannot tell the memory of a socket: 2 looks/),
  ]);
});
