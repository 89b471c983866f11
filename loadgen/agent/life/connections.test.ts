import { expect, test } from 'vitest';
import { decodeHistogram } from '../../results/index.ts';
import { fakeDriver, newRecorder } from '../testing.ts';
import { Users } from '../users.ts';
import { Connections } from './connections.ts';

function scene({ subscriptions = 0, sourceAddresses = [] as string[] } = {}) {
  const recorder = newRecorder();
  const users = new Users([0, 1, 2, 3, 4], () => 0);
  const clock = { startEpochMs: 0, at: 0, now: () => clock.at };
  const driver = fakeDriver();
  const ready: number[] = [];
  const connections = new Connections({
    clock,
    driver,
    recorder,
    users,
    sourceAddresses,
    answerWithin: 4,
    prepare: () => subscriptions,
    ready: (user) => void ready.push(user),
  });
  const begin = (user: number, at: number, due = at): void => {
    clock.at = at;
    connections.begin(user, due);
  };
  return { recorder, users, driver, ready, connections, begin };
}

test('Connections lets a user take its turns once its subscriptions are confirmed', () => {
  const { users, connections, begin, ready } = scene({ subscriptions: 2 });
  begin(0, 1);
  expect([connections.isAnyConnecting, users.phaseOf(0)]).toEqual([true, 'connecting']);
  connections.opened(0, '1', 1.5);
  connections.confirmed(0, 1.6);
  expect([connections.isAnyConnecting, users.phaseOf(0), ready]).toEqual([true, 'open', []]);
  connections.confirmed(0, 1.7);
  expect([connections.isAnyConnecting, users.phaseOf(0), ready]).toEqual([false, 'ready', [0]]);
});

test('Connections times a connection from when it was to begin to the end of its handshake', () => {
  const { recorder, connections, begin } = scene();
  begin(0, 1, 0.9);
  connections.opened(0, '4', 1.25);
  const { users, workers, arrival } = recorder.cut(1);
  expect(users).toMatchObject({ started: 1, open: 1, returned: 0 });
  expect(decodeHistogram(workers[0]?.connect ?? '').max).toBeCloseTo(350_000, -3);
  expect(decodeHistogram(arrival ?? '').max).toBeCloseTo(100_000, -3);
  expect(workers[0]?.worker).toBe('4');
});

test('Connections tells how late each attempt began, also those that come to nothing', () => {
  const { recorder, users, connections, begin } = scene();
  for (const [at, due] of [
    [1, 0.99],
    [3, 2.97],
  ] as const) {
    begin(0, at, due);
    connections.refused('refused');
    users.enter(0, 'broken');
  }
  const arrival = decodeHistogram(recorder.cut(0).arrival ?? '');
  expect([arrival.count, Math.round(arrival.min / 1e4), Math.round(arrival.max / 1e4)]).toEqual([2, 1, 3]);
});

test('Connections takes local addresses in turn', () => {
  const { driver, begin } = scene({ sourceAddresses: ['127.0.0.2', '127.0.0.3'] });
  for (const user of [0, 1, 2]) begin(user, 1);
  expect(driver.told).toEqual(['connect 0 "127.0.0.2"', 'connect 1 "127.0.0.3"', 'connect 2 "127.0.0.2"']);
});

test('Connections times a recovery from the loss until the user is ready again, whatever happens between', () => {
  const { recorder, users, connections, begin } = scene({ subscriptions: 1 });
  begin(0, 1);
  connections.opened(0, '1', 1);
  connections.confirmed(0, 1);
  connections.broke(0, 'reset', 2);
  users.enter(0, 'broken');
  begin(0, 3);
  connections.refused('refused');
  begin(0, 4);
  connections.opened(0, '2', 4);
  connections.broke(0, 'reset', 5);
  users.enter(0, 'broken');
  begin(0, 6);
  connections.opened(0, '3', 6);
  connections.confirmed(0, 7);
  const window = recorder.cut(0);
  const recovery = window.workers.find(({ worker }) => worker === '3')?.recovery ?? '';
  expect(decodeHistogram(recovery).max).toBeCloseTo(5_000_000, -5);
  expect(window.users).toMatchObject({
    started: 1,
    open: 1,
    returned: 1,
    failed: { refused: 1 },
    dropped: { reset: 2 },
  });
});

test('Connections takes leaving for no loss', () => {
  const { recorder, users, driver, connections, begin } = scene();
  begin(0, 1);
  connections.opened(0, '1', 1);
  connections.leave(0);
  users.enter(0, 'away');
  begin(0, 5);
  connections.opened(0, '1', 5);
  const { users: counted, workers } = recorder.cut(0);
  expect(counted).toMatchObject({ open: 1, left: 1, returned: 1, dropped: {} });
  expect(workers[0]?.recovery).toBeUndefined();
  expect(driver.told[1]).toBe('leave 0');
});

test('Connections.giveUp() abandons those that began too long ago and have not come through', () => {
  const { driver, connections, begin } = scene();
  [1, 2, 3, 4].forEach((at, user) => void begin(user, at));
  connections.opened(1, '1', 2.5);
  connections.giveUp(13);
  expect(driver.told.slice(4)).toEqual(['abandon 0 "timeout"', 'abandon 2 "timeout"']);
});

test('Connections.giveUp() leaves those alone that began late themselves: the target had no time yet', () => {
  const { driver, connections, begin } = scene();
  begin(0, 20, 1);
  connections.giveUp(29);
  expect(driver.told).toHaveLength(1);
});

test('Connections.giveUp() drops whose subscriptions are not confirmed in the time of an answer', () => {
  const { recorder, users, driver, connections, begin } = scene({ subscriptions: 1 });
  driver.abandon = (user, cause) => {
    connections.broke(user, cause, 9);
    users.enter(user, 'ended');
  };
  for (const user of [0, 1, 2]) {
    begin(user, 1);
    connections.opened(user, '1', user === 2 ? 5.5 : 5);
  }
  connections.confirmed(0, 6);
  connections.giveUp(8.9);
  expect(recorder.cut(0).users.dropped).toEqual({});
  connections.giveUp(9);
  expect(recorder.cut(1).users).toMatchObject({ open: 2, dropped: { unconfirmed: 1 } });
  expect([users.phaseOf(0), users.phaseOf(2), connections.isAnyConnecting]).toEqual(['ready', 'open', true]);
  connections.confirmed(2, 9);
  expect(connections.isAnyConnecting).toBe(false);
});

test('Connections.finish() fails whoever still connects, and lets those be who may yet be confirmed', () => {
  const { driver, connections, begin } = scene({ subscriptions: 1 });
  for (const user of [0, 1]) begin(user, 1);
  connections.opened(1, '1', 2);
  connections.finish(3);
  expect(driver.told.slice(2)).toEqual(['abandon 0 "unfinished"']);
});

test('Connections.finish() drops whoever has waited for its confirmations all the while', () => {
  const { recorder, users, driver, connections, begin } = scene({ subscriptions: 1 });
  driver.abandon = (user, cause) => {
    connections.broke(user, cause, 4);
    users.enter(user, 'ended');
  };
  for (const user of [0, 1, 2]) {
    begin(user, 1);
    connections.opened(user, '1', user === 2 ? 2.5 : 1.5);
  }
  connections.confirmed(1, 1.6);
  connections.finish(4);
  expect(recorder.cut(0).users).toMatchObject({ open: 2, dropped: { unfinished: 1 } });
  expect(users.phaseOf(0)).toBe('ended');
});
