import { expect, test } from 'vitest';
import { channels } from '../../plan/testing.ts';
import { routineScene } from './testing.ts';

test('createChannels() subscribes to all channels of a user, and publishes with numbers of its own for each', () => {
  const behaviour = channels({ channels: 3, subscriptions: 2, publishers: 1, publishTo: 'any' });
  const { driver, recorder, routine } = routineScene(behaviour);
  expect(routine.prepare(1)).toBe(2);
  for (let turn = 0; turn < 30; turn += 1) routine.take(1, turn, turn, turn + 0.5);
  expect(driver.told[0]).toMatch(/^subscribe 1 \[\d,\d\]$/);
  const published = driver.told.slice(1).map((text) => JSON.parse(text.replace(/^publish 1 /, '')));
  for (const channel of [0, 1, 2]) {
    const own = published.filter((publication) => publication.channel === channel);
    expect(own.map(({ sequence }) => sequence)).toEqual(own.map((_, n) => n));
    expect(own.every(({ publisher }) => publisher === 1)).toBe(true);
  }
  expect(published.map(({ intended }) => intended)).toEqual(Array.from({ length: 30 }, (_, n) => n));
  expect(recorder.cut(0).published).toBe(30);
});

test('createChannels() tells of publications in channels that nobody had asked for', () => {
  const behaviour = channels({ channels: 3, subscriptions: 1, publishers: 1, publishTo: 'any' });
  const { driver, recorder, routine } = routineScene(behaviour);
  routine.prepare(1);
  for (let turn = 0; turn < 30; turn += 1) routine.take(0, turn, turn, turn);
  const [own = '', ...publications] = driver.told;
  const asked = /\[(\d)\]/.exec(own)?.[1] ?? expect.fail();
  const heard = publications.filter((text) => text.includes(`"channel":${asked},`));
  expect(heard.length).toBeGreaterThan(0);
  expect(recorder.totals(0).publishedUnasked).toBe(30 - heard.length);
});

test('createChannels() numbers anew after a break, so that what was under way is not missed', () => {
  const { driver, routine } = routineScene(channels({ channels: 1, subscriptions: 1, publishers: 1 }));
  routine.prepare(0);
  routine.take(0, 0, 1, 1);
  routine.end(0, 2, true);
  routine.take(0, 1, 3, 3);
  const [first, second] = driver.told
    .slice(1)
    .map((text) => JSON.parse(text.replace(/^publish 0 /, '')).sequence);
  expect(first).toBe(0);
  expect(second).toBeGreaterThan(1_000_000);
});
