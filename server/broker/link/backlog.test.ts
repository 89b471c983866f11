import { expect, test } from 'vitest';
import { Backlog } from './backlog.ts';
import { FrameType } from './frame.ts';

test('Backlog gives back copies in order and is empty then', () => {
  const backlog = new Backlog(100);
  const payload = Uint8Array.of(1, 2);
  backlog.add(FrameType.publish, 1, 'a', payload);
  payload.fill(9);
  backlog.add(FrameType.publish, 0, 'b', payload);
  expect(backlog.take().map(({ id, channel, payload: bytes }) => [id, channel, ...bytes])).toEqual([
    [1, 'a', 1, 2],
    [0, 'b', 9, 9],
  ]);
  expect(backlog.take()).toEqual([]);
});

test('Backlog refuses what does not fit and has room again after take and expire', () => {
  const backlog = new Backlog(10);
  const nine = new Uint8Array(9);
  expect([
    backlog.add(FrameType.publish, 1, 'a', nine),
    backlog.add(FrameType.publish, 2, 'b', new Uint8Array(0)),
  ]).toEqual([true, false]);
  backlog.take();
  expect(backlog.add(FrameType.publish, 3, 'a', nine)).toBe(true);
  expect(backlog.expire(60_000)).toEqual([]);
  expect(backlog.expire(0).map(({ id }) => id)).toEqual([3]);
  expect(backlog.add(FrameType.publish, 4, 'a', nine)).toBe(true);
});
