import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Behaviour, Scenario, Share } from '../../plan/index.ts';
import { resolvePlan } from '../../plan/resolve/index.ts';
import { PlainLoop, type Tally } from './plain-loop.ts';
import type { Heard } from './speakers/index.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
});

afterEach(() => {
  vi.useRealTimers();
});

const steps = [{ users: 5, rate: 10 }, { wait: 7 }, { users: 5, rate: 10 }];

const pings: Behaviour = { kind: 'ping-pong', payload: {}, every: 0.5 };
const rooms: Behaviour = { kind: 'channels', channels: 10, subscriptions: 1, publishers: 1, every: 0.5 };

/** A loop of ten users that come within a second, and what it does. */
function scene(behaviour: Behaviour, ramp: Scenario['ramp'] = 10) {
  const { plan } = resolvePlan({
    name: 'any',
    question: 'any',
    users: 10,
    ramp,
    duration: 60,
    behaviour,
    target: { workers: 1, brokers: 1, controller: 'none' },
    rules: [],
  });
  const target = { host: '127.0.0.1', port: 1, path: '/', secure: false };
  const tallies: Tally[] = [];
  const done: [string, ...unknown[]][] = [];
  let hear: Heard | undefined;
  const loop = new PlainLoop(
    { plan, target } as Share,
    (_share, heard) => {
      hear = heard;
      return {
        connect: (user, channels) => done.push(['connect', user, channels.length]),
        ping: (user) => done.push(['ping', user]),
        publish: (user, { channel }) => done.push(['publish', user, channel]),
      };
    },
    (tally) => tallies.push(tally),
  );
  loop.go(0);
  return { tallies, done, heard: hear! };
}

test('PlainLoop connects its users at their rate, and gives turns to those who are there', () => {
  const { done, heard, tallies } = scene(pings);
  vi.advanceTimersByTime(500);
  expect(done).toEqual([0, 1, 2, 3, 4].map((user) => ['connect', user, 0]));
  vi.advanceTimersByTime(1_500);
  expect(done).toHaveLength(10);
  for (let user = 0; user < 10; user += 1) heard.opened(user);
  heard.opened(9); // Reconnected.
  vi.advanceTimersByTime(1_000);
  expect(tallies.at(-1)).toEqual({ open: 10, answered: 0, pushed: 0 });
  const sent = done.slice(10);
  expect(Math.abs(sent.length - 20)).toBeLessThan(2);
  expect(sent.slice(0, 11).map(([, user]) => user)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0]);
});

test('PlainLoop lets users come in steps, and those of the first step have turns meanwhile', () => {
  const { done, heard } = scene(pings, steps);
  vi.advanceTimersByTime(2_000);
  for (let user = 0; user < 5; user += 1) heard.opened(user);
  vi.advanceTimersByTime(5_000);
  expect(done.filter(([what]) => what === 'connect')).toHaveLength(5);
  expect(Math.abs(done.filter(([what]) => what === 'ping').length - 50)).toBeLessThan(2);
  vi.advanceTimersByTime(2_000);
  expect(done.filter(([what]) => what === 'connect')).toHaveLength(10);
});

test('PlainLoop tells each second what came in it', () => {
  const { heard, tallies } = scene(pings);
  vi.advanceTimersByTime(500);
  heard.pong();
  heard.pong();
  heard.publication();
  vi.advanceTimersByTime(1_500);
  expect(tallies).toEqual([
    { open: 0, answered: 2, pushed: 1 },
    { open: 0, answered: 0, pushed: 0 },
  ]);
});

test('PlainLoop subscribes and publishes where the plan says', () => {
  const { done, heard } = scene(rooms);
  vi.advanceTimersByTime(1_000);
  expect(done.every(([, , channels]) => channels === 1)).toBe(true);
  for (let user = 0; user < 10; user += 1) heard.opened(user);
  vi.advanceTimersByTime(1_000);
  const [, , channel] = done.find(([what]) => what === 'publish')!;
  expect(channel).toBeGreaterThanOrEqual(0);
  expect(channel).toBeLessThan(10);
});
