import { expect, test, vi } from 'vitest';
import type { DriverOptions } from '../drivers/index.ts';
import { channels } from '../plan/testing.ts';
import { decodeHistogram } from '../results/index.ts';
import { Crew } from './crew.ts';
import { fakeDriver, newRecorder, type ShareChanges, shareOf } from './testing.ts';

/** A crew of twenty users that arrive in a fifth of a second and send until 1.2 s, at a clock set by hand. */
function scene(changes: ShareChanges = {}) {
  const recorder = newRecorder();
  const clock = { startEpochMs: 0, at: 0, now: () => clock.at };
  const driver = fakeDriver();
  const told: { options?: DriverOptions } = {};
  const heard = vi.fn();
  const crew = new Crew({
    share: shareOf(1, changes),
    address: '127.0.0.1',
    clock,
    recorder,
    createDriver(options) {
      told.options = options;
      return driver;
    },
    ownBehaviours: new Map(),
    report: () => undefined,
    until: 1.2,
    heard,
  });
  const events = told.options?.events ?? expect.fail();
  const run = (now: number): void => {
    clock.at = now;
    crew.runDue(now);
  };
  const openAll = (at: number): void => {
    for (let user = 0; user < 20; user += 1) events.opened(user, '1', at);
  };
  return { crew, driver, events, heard, openAll, recorder, run };
}

test('Crew lets its users connect when they arrive, send when it is their turn and be answered', () => {
  const { crew, driver, events, openAll, recorder, run } = scene();
  crew.begin();
  expect(crew.nextDue(5)).toBe(0);
  run(0.1);
  expect(driver.told).toHaveLength(11);
  // All of them at once, the first a tenth of a second late.
  const arrival = decodeHistogram(recorder.cut(0).arrival ?? '');
  expect([arrival.count, Math.round(arrival.max / 1e4)]).toEqual([11, 10]);
  run(0.2);
  openAll(0.2);
  run(0.4);
  const sends = driver.told.filter((text) => text.startsWith('send'));
  expect(sends.length).toBeGreaterThan(15);
  const before = crew.inFlight;
  events.answer(0, 1, 0.4);
  expect(crew.inFlight).toBe(before - 1);
  expect(recorder.cut(0).workers[0]).toMatchObject({ open: 20, sent: before, answered: 1 });
});

test('Crew is at rest when everybody is connected and answered, for channels after a quiet second', () => {
  const pings = scene();
  pings.crew.begin();
  pings.run(0.2);
  expect(pings.crew.isAtRest(0.2)).toBe(false);
  pings.openAll(0.2);
  expect(pings.crew.isAtRest(0.2)).toBe(true);
  const quiet = scene({ behaviour: channels({ channels: 1, subscriptions: 1 }) });
  expect([1.3, 2.1, 2.3].map((now) => quiet.crew.isAtRest(now))).toEqual([false, false, true]);
  quiet.crew.begin();
  quiet.run(0.01);
  quiet.events.opened(0, '1', 0.1);
  quiet.events.subscribed(0, 0, 0.1);
  quiet.events.push(0, { channel: 0, publisher: 0, sequence: 0, intended: 1 }, 2);
  quiet.events.closed(0, 'reset');
  quiet.events.refused(1, 'refused');
  expect([2.9, 3.1].map((now) => quiet.crew.isAtRest(now))).toEqual([false, true]);
  expect(quiet.recorder.cut(0).workers[0]).toMatchObject({ pushed: 1, open: 0 });
});

test('Crew takes a user for ready when each of its subscriptions is confirmed, once and by its own number', () => {
  const { crew, events, run } = scene({ behaviour: channels({ channels: 2, subscriptions: 2 }) });
  crew.begin();
  run(0.01);
  events.opened(0, '1', 0.1);
  for (const channel of [0, 0, 7, -1, 0.5, Number.NaN]) events.subscribed(0, channel, 0.2);
  expect(crew.users.phaseOf(0)).toBe('open');
  events.subscribed(0, 1, 0.3);
  expect(crew.users.phaseOf(0)).toBe('ready');
});

test('Crew counts subscriptions that are confirmed, and drops whose are not in the time of an answer', () => {
  const { crew, driver, events, recorder, run } = scene({
    behaviour: channels({ channels: 2, subscriptions: 2 }),
    drain: 4,
  });
  driver.abandon = (user, cause) => events.closed(user, cause);
  crew.begin();
  run(0);
  events.opened(0, '1', 0.1);
  for (const channel of [0, 0, 7]) events.subscribed(0, channel, 0.2);
  expect(recorder.cut(0).workers[0]?.subscribed).toBe(1);
  crew.tidy(4);
  expect(recorder.cut(1).users).toMatchObject({ open: 1, dropped: {} });
  expect(crew.isAtRest(4)).toBe(false);
  crew.finish(4.2, true);
  expect(recorder.cut(2).users).toMatchObject({ open: 0, dropped: { unconfirmed: 1 } });
});

test('Crew takes no delivery for one in a channel its user had not asked for', () => {
  const { crew, events, recorder, run } = scene({ behaviour: channels({ channels: 2, subscribers: 0 }) });
  crew.begin();
  run(0.01);
  events.opened(0, '1', 0.1);
  for (const channel of [0, 1, 7, Number.NaN]) {
    events.push(0, { channel, publisher: 0, sequence: 0, intended: 0.2 }, 0.3);
  }
  const [worker] = recorder.cut(0).workers;
  expect(worker).toMatchObject({ pushed: 0, pushUnasked: 4 });
  expect(worker?.push).toBeUndefined();
});

test('Crew tells of handshakes and answers, so that whoever is due by then need not wait', () => {
  const { crew, events, heard, openAll, run } = scene();
  crew.begin();
  run(0.2);
  openAll(0.2);
  expect(heard).toHaveBeenCalledTimes(20);
  run(0.4);
  events.answer(0, 1, 0.4);
  expect(heard).toHaveBeenCalledTimes(21);
});

test('Crew.tidy() gives up connections and answers that take too long', () => {
  const { crew, driver, events, recorder, run } = scene({ drain: 1 });
  crew.begin();
  run(0.2);
  events.opened(0, '1', 0.2);
  run(1.1);
  crew.tidy(11);
  expect(driver.told.filter((text) => text.startsWith('abandon'))).toHaveLength(19);
  expect(recorder.cut(0).workers[0]?.timedOut).toBeGreaterThan(0);
  expect(crew.inFlight).toBe(0);
});

test('Crew.finish() fails whoever still connects, and closes', async () => {
  const { crew, driver, run } = scene();
  crew.begin();
  run(0);
  crew.finish(1, false);
  expect(driver.told.at(-1)).toBe('abandon 0 "unfinished"');
  await crew.close();
});
