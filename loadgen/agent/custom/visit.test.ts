import fc from 'fast-check';
import { expect, onTestFinished, test, vi } from 'vitest';
import { decodeHistogram } from '../../results/index.ts';
import { ownScene } from './testing.ts';
import { UserGone } from './user.ts';
import { Visit } from './visit.ts';

function scene(answerWithin?: number) {
  const bench = ownScene(answerWithin);
  const visit = new Visit(1, bench, { name: 'all', options: { room: 'a' } }, () => 0.5);
  const count = () => bench.recorder.cut(0).workers[0];
  return { ...bench, visit, count };
}

test('Visit tells who the user is and how it goes', () => {
  const { visit, users, clock } = scene();
  expect([visit.number, visit.options, visit.isConnected, visit.now()]).toEqual([1, { room: 'a' }, true, 5]);
  clock.at = 100;
  expect(visit.isConnected).toBe(false);
  clock.at = 5;
  users.enter(1, 'leaving');
  expect(visit.isConnected).toBe(false);
});

test('Visit.call() is answered by its number, and counted from the time it was due', async () => {
  const { visit, driver, answers, count } = scene();
  const [one, two] = [visit.call('a', 1), visit.call('b', 2, 4.99)];
  expect(driver.told).toEqual(['emit 1 "a" 1 0', 'emit 1 "b" 2 1']);
  for (const call of [1, 0]) {
    expect(visit.respond(call, false, `to ${call}`)).toBe(true);
    answers.response(1, call, false, 5.005);
  }
  await expect(Promise.all([one, two])).resolves.toEqual(['to 0', 'to 1']);
  expect(count()).toMatchObject({ sent: 2, answered: 2 });
});

test('Visit.call() is never timed from later than it left, nor from no time at all', async () => {
  const { visit, answers, recorder } = scene();
  const call = visit.call('a', 1, Date.now());
  visit.respond(0, false, undefined);
  answers.response(1, 0, false, 5.005);
  await call;
  const [worker] = recorder.cut(0).workers;
  expect(decodeHistogram(worker?.response ?? '').max).toBeCloseTo(5_000, -1);
  await expect(visit.call('a', 1, Number.NaN)).rejects.toThrow('Cannot call "a": it is due at NaN');
});

test('Visit tells of lateness only where it was told when something was due: all else would thin out what is late', async () => {
  const { visit, recorder } = scene();
  void visit.call('a', 1).catch(() => {});
  visit.publish('b', 2);
  const { published, workers, lateness } = recorder.cut(0);
  expect([published, workers[0]?.sent, lateness]).toEqual([1, 1, undefined]);
  void visit.call('a', 1, 4.75).catch(() => {});
  expect(decodeHistogram(recorder.cut(1).lateness ?? '').max).toBeCloseTo(250_000, -4);
});

test('Visit.call() counts no message that could not be encoded', async () => {
  const { visit, driver, answers, recorder } = scene();
  driver.emit = () => {
    throw new TypeError('Cannot write it');
  };
  await expect(visit.call('a', 1n)).rejects.toThrow('Cannot write it');
  expect(answers.inFlight).toBe(0);
  expect(recorder.cut(0).workers[0]).toMatchObject({ sent: 0 });
});

test('Visit.call() fails with the error it is answered with, or when no answer comes in time', async () => {
  const { visit } = scene(0.02);
  const refused = visit.call('a');
  visit.respond(0, true, { name: 'No' });
  await expect(refused).rejects.toMatchObject({ name: 'CallFailed', content: { name: 'No' } });
  await expect(visit.call('a')).rejects.toMatchObject({ name: 'CallFailed', content: undefined });
});

test('Visit.subscribe() waits for the server, which is no message to be counted', async () => {
  const { visit, driver, count } = scene();
  const heard: unknown[] = [];
  const subscribed = visit.subscribe('news', (data) => void heard.push(data));
  expect(driver.told).toEqual(['emit 1 "#subscribe" {"channel":"news"} 0']);
  expect(visit.respond(0, false, undefined)).toBe(false);
  await subscribed;
  visit.hear('#publish', { channel: 'news', data: 7 });
  visit.hear('#publish', { channel: 'other', data: 8 });
  expect(heard).toEqual([7]);
  expect(count()).toMatchObject({ sent: 0, subscribed: 1, pushed: 1, pushUnasked: 1 });
});

test('Visit takes a channel for asked for however the behaviour asks, and to its end: some may be under way', () => {
  const { visit, count } = scene();
  visit.emit('#subscribe', { channel: 'a' });
  void visit.call('#subscribe', { channel: 'b' });
  visit.emit('#unsubscribe', { channel: 'a' });
  for (const channel of ['a', 'b', 'c']) visit.hear('#publish', { channel });
  expect(count()).toMatchObject({ pushed: 2, pushUnasked: 1 });
});

test('Visit.subscribe() counts no refusal, and waits until there is a response', async () => {
  const { visit, count } = scene();
  const refused = visit.subscribe('news');
  expect(visit.isWaiting).toBe(true);
  visit.respond(0, true, 'no');
  await expect(refused).rejects.toMatchObject({ name: 'CallFailed' });
  expect([visit.isWaiting, count()?.subscribed]).toEqual([false, undefined]);
});

test('Visit.publish() and emit() send without waiting', () => {
  const { visit, driver, recorder } = scene();
  visit.publish('news', { a: 1 });
  visit.emit('hello');
  expect(driver.told).toEqual(['emit 1 "#publish" {"channel":"news","data":{"a":1}}', 'emit 1 "hello"']);
  expect(recorder.cut(0).published).toBe(1);
});

test('Visit tells of publications in channels that no user had asked for', async () => {
  const { visit, recorder, users, ...bench } = scene();
  const other = new Visit(0, { ...bench, recorder, users }, { name: 'all', options: null }, () => 0.5);
  void visit.subscribe('alerts');
  other.emit('#subscribe', { channel: 'news' });
  for (const channel of ['alerts', 'news', 'log']) visit.publish(channel, 1);
  expect(recorder.totals(0)).toMatchObject({ published: 3, publishedUnasked: 1 });
});

test('Visit.on() hears events, and counts what listeners throw', () => {
  const { visit, recorder } = scene();
  const heard: unknown[] = [];
  visit.on('a', () => {
    throw new RangeError('no');
  });
  visit.on('a', (data) => void heard.push(data));
  visit.hear('a', 1);
  visit.hear('b', 2);
  expect(heard).toEqual([1]);
  expect(recorder.cut(0).thrown).toEqual({ RangeError: 1 });
});

test('Visit.hear() takes whatever comes as a publication, and counts those that name a channel', () => {
  const { visit, recorder } = scene();
  const heard: unknown[] = [];
  void visit.subscribe('a', (data) => void heard.push(data));
  fc.assert(fc.property(fc.jsonValue(), (data) => visit.hear('#publish', data)));
  expect(recorder.cut(0).workers[0]).toMatchObject({ pushed: 0 });
  expect(recorder.cut(0).workers[0]).not.toHaveProperty('pushUnasked');
  visit.hear('#publish', { channel: 'a' });
  visit.hear('#publish', { channel: '__proto__', data: 1 });
  expect(heard).toEqual([undefined]);
  expect(recorder.cut(1)).toMatchObject({ workers: [{ pushed: 1, pushUnasked: 1 }] });
  expect(recorder.cut(2).thrown).toBeUndefined();
});

test('Visit.turns() yields the times at which turns were due, one mean gap apart, also when it is late', async () => {
  const { visit, clock } = scene();
  clock.now = () => {
    clock.at += 0.0004;
    return clock.at;
  };
  const turns = visit.turns(0.01);
  const due = (await turns.next()).value;
  expect(due).toBeCloseTo(5.0054, 6);
  clock.at = 6;
  expect((await turns.next()).value).toBeCloseTo(due + 0.01);
  expect((await turns.next()).value).toBeCloseTo(due + 0.02);
});

test.each([0, -1, Number.NaN])('Visit.turns() takes no turns every %d s', async (every) => {
  await expect(scene().visit.turns(every).next()).rejects.toThrow('wanted a time above 0');
});

test('Visit.turns() yields no turn before it is due, however early timers ring, and says how roughly they do', async () => {
  const { visit, clock, recorder } = scene();
  // A clock that crawls: whatever a timer takes, only a part of it has passed.
  clock.now = () => {
    clock.at += 0.0003;
    return clock.at;
  };
  const turns = visit.turns(0.002);
  for (let turn = 0; turn < 5; turn += 1) {
    const { value: due } = await turns.next();
    expect(clock.at).toBeGreaterThanOrEqual(due);
    expect(clock.at).toBeLessThan(due + 0.002);
  }
  expect(recorder.cut(0).resolutionMs).toBe(1);
});

test('Visit.end() rejects whatever the user waits for, and lets nothing be sent', async () => {
  const { visit, users } = scene();
  const waits = [visit.sleep(100), visit.call('a'), visit.turns(1_000).next()];
  visit.end();
  users.enter(1, 'broken');
  for (const wait of waits) await expect(wait).rejects.toBeInstanceOf(UserGone);
  await expect(visit.call('a')).rejects.toBeInstanceOf(UserGone);
  expect(() => visit.emit('a')).toThrow(UserGone);
});

test('Visit.call() and subscribe() leave others a turn when nothing may be sent any more', async () => {
  const { visit, clock } = scene();
  clock.at = 100;
  let refused = 0;
  for (const wait of [visit.call('a'), visit.subscribe('b')]) {
    wait.catch(() => {
      refused += 1;
    });
  }
  await new Promise((resolve) => void setImmediate(resolve));
  expect(refused).toBe(0);
});

test('Visit.call() and subscribe() need nobody who waits when nothing may be sent any more', async () => {
  const { visit, clock } = scene();
  clock.at = 100;
  const unheard = vi.fn();
  process.on('unhandledRejection', unheard);
  onTestFinished(() => void process.off('unhandledRejection', unheard));
  void visit.call('a');
  void visit.subscribe('b');
  // Refused after those two, in the same turn.
  await expect(visit.call('c')).rejects.toThrow(UserGone);
  await new Promise((resolve) => void setImmediate(resolve));
  expect(unheard).not.toHaveBeenCalled();
});
