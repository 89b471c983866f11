import { expect, test } from 'vitest';
import { EventStreams } from './event-streams.ts';

test('EventStreams hands each item to every loop that reads its kind and name', async () => {
  const streams = new EventStreams();
  expect(streams.push('receiver', 'a', () => 0)).toBe(false);
  const [first, second] = [streams.heard('receiver', 'a').stream(), streams.heard('receiver', 'a').stream()];
  expect(streams.push('receiver', 'a', () => 1)).toBe(true);
  expect([streams.push('procedure', 'a', () => 2), streams.push('receiver', 'b', () => 3)]).toEqual([
    false,
    false,
  ]);
  expect([(await first.next()).value, (await second.next()).value]).toEqual([1, 1]);
});

test('a loop that is left is forgotten, others read on', async () => {
  const streams = new EventStreams();
  const read: unknown[] = [];
  const stays = streams.heard('receiver', 'a').stream();
  const loop = (async () => {
    for await (const item of streams.heard('receiver', 'a')) {
      read.push(item);
      break;
    }
  })();
  streams.push('receiver', 'a', () => 1);
  streams.push('receiver', 'a', () => 2);
  await loop;
  expect(read).toEqual([1]);
  expect(streams.push('receiver', 'a', () => 3)).toBe(true);
  await stays.return();
  expect(streams.push('receiver', 'a', () => 4)).toBe(false);
});

test('stream() counts what a slow reader lost beyond its capacity', async () => {
  const streams = new EventStreams();
  const stream = streams.heard('receiver', 'a').stream({ capacity: 1 });
  streams.push('receiver', 'a', () => 1);
  streams.push('receiver', 'a', () => 2);
  expect([stream.lost, (await stream.next()).value]).toEqual([1, 2]);
});

test('once() leaves no reader behind', async () => {
  const streams = new EventStreams();
  const next = streams.heard('listener', 'a').once();
  streams.push('listener', 'a', () => 1);
  expect(await next).toBe(1);
  expect(streams.push('listener', 'a', () => 2)).toBe(false);
});

test('end() ends loops of before and after', async () => {
  const streams = new EventStreams();
  const [before, once] = [streams.heard('receiver', 'a').stream(), streams.heard('receiver', 'a').once()];
  streams.end();
  expect((await before.next()).done).toBe(true);
  await expect(once).rejects.toMatchObject({ name: 'InvalidActionError' });
  expect((await streams.heard('receiver', 'a').stream().next()).done).toBe(true);
});
