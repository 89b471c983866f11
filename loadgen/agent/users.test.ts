import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeHistogram, type Totals } from '../results/index.ts';
import { Recorder } from './recorder.ts';
import { Users } from './users.ts';

const load = { pid: 1, cpuMicros: 0, rssBytes: 0, loopUtilisation: 0, gcMs: 0 };

interface Scene {
  users: Users;
  recorder: Recorder;
  totals(): Totals;
}

function scene({ count = 4, subscriptions = 0 } = {}): Scene {
  const recorder = new Recorder(0, () => load);
  const users = new Users({ count, answerWithin: 10, recorder, subscribe: () => subscriptions });
  const totals = (): Totals => {
    recorder.cut(0);
    return recorder.totals(users.inFlight);
  };
  return { users, recorder, totals };
}

/** A user that may send. */
function open({ users }: Scene, user: number): void {
  users.connecting(user, 1);
  users.opened(user, '1', 1.002);
}

test('Users lets a user send once its subscriptions are confirmed', () => {
  const { users } = scene({ subscriptions: 2 });
  expect(users.isWaiting(0)).toBe(true);
  users.connecting(0, 1);
  expect(users.isAnyConnecting).toBe(true);
  users.opened(0, '1', 1.5);
  users.subscribed(0);
  expect([users.isAnyConnecting, users.isReady(0)]).toEqual([false, false]);
  users.subscribed(0);
  expect(users.isReady(0)).toBe(true);
});

test('Users times an answer from the intended and from the actual send', () => {
  const stage = scene();
  open(stage, 0);
  stage.users.sent(0, 2, 2.25);
  stage.users.answer(0, 1, 2.75);
  const { workers, lateness = '' } = stage.recorder.cut(2);
  const [window] = workers;
  expect(decodeHistogram(window?.response ?? '').max).toBeCloseTo(750_000, -4);
  expect(decodeHistogram(window?.service ?? '').max).toBeCloseTo(500_000, -4);
  expect(decodeHistogram(lateness).max).toBeCloseTo(250_000, -4);
  expect(decodeHistogram(window?.connect ?? '').max).toBeCloseTo(2_000, -2);
});

test('Users counts a send as timed out once, and its late answer as nothing', () => {
  const stage = scene();
  open(stage, 0);
  stage.users.sent(0, 2, 2);
  stage.users.sent(0, 8, 8);
  stage.users.giveUpSends(12);
  stage.users.giveUpSends(13);
  expect(stage.totals()).toMatchObject({ sent: 2, timedOut: 1, inFlight: 1 });
  stage.users.answer(0, 1, 14);
  expect(stage.totals()).toMatchObject({ answered: 0, timedOut: 1, inFlight: 1, duplicated: 0 });
  stage.users.answer(0, 2, 14);
  expect(stage.totals()).toMatchObject({ answered: 1, timedOut: 1, inFlight: 0 });
});

test('Users does not take an answer for timely because nobody looked in between', () => {
  const stage = scene();
  open(stage, 0);
  stage.users.sent(0, 2, 2);
  stage.users.answer(0, 1, 12);
  expect(stage.totals()).toMatchObject({ sent: 1, answered: 0, timedOut: 1, inFlight: 0 });
});

test('Users tells a repeated answer from a reordered and from a surplus one', () => {
  const stage = scene();
  open(stage, 0);
  for (let send = 0; send < 3; send += 1) stage.users.sent(0, 2, 2);
  for (const count of [5, 5, 4, 6]) stage.users.answer(0, count, 3);
  expect(stage.totals()).toMatchObject({ answered: 3, duplicated: 1, reordered: 1, inFlight: 0 });
  stage.users.answer(0, 7, 3);
  expect(stage.totals()).toMatchObject({ answered: 3, duplicated: 2, reordered: 1 });
});

test('Users matches answers that carry no count', () => {
  const stage = scene();
  open(stage, 0);
  stage.users.sent(0, 2, 2);
  stage.users.sent(0, 2, 2);
  stage.users.answer(0, Number.NaN, 3);
  stage.users.answer(0, Number.NaN, 3);
  expect(stage.totals()).toMatchObject({ answered: 2, duplicated: 0, reordered: 0 });
});

test('Users loses what waits on a connection that ends', () => {
  const stage = scene();
  open(stage, 0);
  open(stage, 1);
  stage.users.sent(0, 2, 2);
  stage.users.sent(0, 3, 3);
  stage.users.sent(1, 3, 3);
  stage.users.closed(0, 'reset');
  expect(stage.users.isReady(0)).toBe(false);
  expect(stage.totals()).toMatchObject({ sent: 3, lost: 2, inFlight: 1, dropped: 1, connected: 2 });
});

test('Users counts and times deliveries by the receiving worker', () => {
  const stage = scene();
  open(stage, 0);
  stage.users.push(0, { publisher: 9, sequence: 0, intended: 4 }, 4.5);
  stage.users.push(0, { publisher: Number.NaN, sequence: Number.NaN, intended: Number.NaN }, 5);
  expect(stage.users.lastPush).toBe(5);
  const [window] = stage.recorder.cut(4).workers;
  expect(window?.pushed).toBe(2);
  expect(decodeHistogram(window?.push ?? '').count).toBe(1);
});

test('Users.giveUpConnects() abandons those that began too long ago, each once', () => {
  const { users } = scene({ count: 5 });
  [1, 2, 3, 4].forEach((at, user) => void users.connecting(user, at));
  users.opened(1, '1', 2.5);
  const abandoned: number[] = [];
  const abandon = (user: number): void => {
    abandoned.push(user);
    users.refused(user, 'timeout');
  };
  users.giveUpConnects(3, abandon);
  expect(abandoned).toEqual([0, 2]);
  users.giveUpConnects(100, abandon);
  expect(abandoned).toEqual([0, 2, 3]);
  expect([users.isAnyConnecting, users.isWaiting(4)]).toEqual([false, true]);
});

test('Users keeps sent = answered + timed out + lost + in flight through anything', () => {
  const step = fc.record({
    user: fc.nat(3),
    kind: fc.constantFrom('send', 'send', 'answer', 'expire', 'close'),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 150 }), (steps) => {
      const stage = scene();
      for (let user = 0; user < 4; user += 1) open(stage, user);
      steps.forEach(({ user, kind }, index) => {
        const now = 2 + index;
        if (kind === 'expire') stage.users.giveUpSends(now);
        if (!stage.users.isReady(user)) return;
        if (kind === 'send') stage.users.sent(user, now - 0.1, now);
        if (kind === 'answer') stage.users.answer(user, index, now);
        if (kind === 'close') stage.users.closed(user, 'reset');
      });
      const { sent, answered, timedOut, lost, inFlight } = stage.totals();
      expect(answered + timedOut + lost + inFlight).toBe(sent);
      expect(inFlight).toBe(stage.users.inFlight);
    }),
  );
});
