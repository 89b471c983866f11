import { setImmediate as turn } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { frameOfText } from '../frame.ts';
import { Line, maskedFrame, type Seat, takeSeat } from '../line/testing.ts';
import { createLeanEngine } from './lean-engine.ts';

/** Counts the connections that `ws` is given from now on, until the end of the test. */
function countLent(): () => number {
  const spy = vi.spyOn(WebSocket.prototype as unknown as { setSocket(): void }, 'setSocket');
  onTestFinished(() => spy.mockRestore());
  return () => spy.mock.calls.length;
}

test('LeanWire has ws make nothing for a client that sends texts, and ends without a close frame', async () => {
  const seat = await takeSeat(createLeanEngine);
  const lent = countLent();
  seat.line.say(maskedFrame('text'));
  seat.wire.write(frameOfText('answer'));
  seat.wire.cork();
  seat.wire.uncork();
  seat.line.sayNoMore();
  await turn();
  expect([seat.told, lent()]).toEqual([['text', { code: 1006, reason: '' }], 0]);
});

test.each<[string, (seat: Seat) => void]>([
  ['is paused', ({ wire }) => wire.pause()],
  ['is closed', ({ wire }) => wire.close(1000, '')],
  ['is dropped', ({ wire }) => wire.terminate()],
  ['gets a ping', ({ line }) => line.say(maskedFrame('', { first: 0x89 }))],
  ['gets a frame that is cut', ({ line }) => line.say(maskedFrame('cut').subarray(0, 4))],
])('LeanWire lends its connection to ws, once, when it %s', async (_deed, deed) => {
  const seat = await takeSeat(createLeanEngine);
  const lent = countLent();
  deed(seat);
  expect(lent()).toBe(1);
  deed(seat);
  expect(lent()).toBe(1);
  await seat.end();
});

test('LeanWire writes once what was written while it was corked, and a frame alone as it is', async () => {
  const seat = await takeSeat(createLeanEngine);
  const frames = ['one', 'two', 'three'].map(frameOfText);
  seat.wire.cork();
  for (const frame of frames) {
    seat.wire.write(frame);
  }
  expect(seat.line.writes).toEqual([]);
  seat.wire.uncork();
  expect(seat.line.writes).toEqual([Buffer.concat(frames)]);
  seat.wire.cork();
  seat.wire.write(frames[0]!);
  seat.wire.uncork();
  expect(seat.line.writes[1]).toBe(frames[0]);
  expect(seat.wire.waiting).toBe(0);
  await seat.end();
});

test('LeanWire throws away what it holds back when the connection is gone', async () => {
  const seat = await takeSeat(createLeanEngine);
  seat.wire.cork();
  seat.wire.write(frameOfText('too late'));
  await seat.end();
  seat.wire.uncork();
  expect([seat.line.writes, seat.wire.waiting]).toEqual([[], 0]);
});

test('LeanWire has its connection neither time out nor wait for more to send, as ws does', async () => {
  const timeout = vi.spyOn(Line.prototype, 'setTimeout');
  const noDelay = vi.spyOn(Line.prototype, 'setNoDelay');
  onTestFinished(() => void [timeout, noDelay].map((spy) => spy.mockRestore()));
  const seat = await takeSeat(createLeanEngine);
  expect(timeout).toHaveBeenCalledExactlyOnceWith(0);
  expect(noDelay).toHaveBeenCalledExactlyOnceWith();
  await seat.end();
});
