import { expect, test, vi } from 'vitest';
import { Stream } from './stream.ts';

test('Stream gives what waits, then what comes, in order', async () => {
  const stream = new Stream<number>(10, vi.fn());
  stream.push(1);
  const [first, second, third] = [stream.next(), stream.next(), stream.next()];
  stream.push(2);
  stream.push(3);
  expect((await Promise.all([first, second, third])).map(({ value }) => value)).toEqual([1, 2, 3]);
});

test('Stream loses the oldest beyond its capacity and counts them', async () => {
  const stream = new Stream<number>(2, vi.fn());
  [1, 2, 3, 4].forEach((number) => {
    stream.push(number);
  });
  expect(stream.lost).toBe(2);
  expect([(await stream.next()).value, (await stream.next()).value]).toEqual([3, 4]);
});

test('end() lets a loop read what waits, then leaves it', async () => {
  const stream = new Stream<number>(10, vi.fn());
  stream.push(1);
  stream.end();
  const read: number[] = [];
  for await (const number of stream) {
    read.push(number);
  }
  expect(read).toEqual([1]);
});

test('end() wakes whoever waits', async () => {
  const stream = new Stream<number>(10, vi.fn());
  const next = stream.next();
  stream.end();
  expect(await next).toEqual({ done: true, value: undefined });
});

test('Stream frees what waits and reports once when a loop is left', async () => {
  const closed = vi.fn();
  const stream = new Stream<number>(10, closed);
  stream.push(1);
  stream.push(2);
  for await (const _ of stream) {
    break;
  }
  stream.end();
  expect(await stream.next()).toEqual({ done: true, value: undefined });
  expect(closed).toHaveBeenCalledTimes(1);
});
