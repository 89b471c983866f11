import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Line } from './line.ts';
import { TestBus } from './testing.ts';

const patience = { silenceMs: 2_000, returnMs: 4_000, awayMs: 10_000 };
let bus: TestBus;
let lines: Line[];

beforeEach(() => {
  vi.useFakeTimers({
    toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout', 'performance', 'setImmediate'],
  });
  bus = new TestBus();
  lines = [];
});
afterEach(() => {
  for (const line of lines) line.close();
  vi.useRealTimers();
});

/** One end of the line. */
function end(says: string, hears: string) {
  const heard: unknown[] = [];
  const lost: string[] = [];
  const line = new Line({
    bus: bus.bus,
    says,
    hears,
    patience,
    message(message) {
      if (message === null) throw new TypeError('null is no message');
      heard.push(message);
    },
    lost: (why) => lost.push(why),
  });
  lines.push(line);
  return { line, heard, lost };
}

test('Line brings messages both ways and has nobody given up while both are there', async () => {
  const [one, other] = [end('a', 'b'), end('b', 'a')];
  one.line.send({ n: 1 });
  other.line.send({ n: 2 });
  one.line.send({ n: 3 });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(other.heard).toEqual([{ n: 1 }, { n: 3 }]);
  expect(one.heard).toEqual([{ n: 2 }]);
  expect([...one.lost, ...other.lost]).toEqual([]);
});

test('Line says again what the bus lost, and nothing twice', async () => {
  const [one, other] = [end('a', 'b'), end('b', 'a')];
  let state = 1;
  bus.loses = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32 < 0.4;
  };
  for (let n = 0; n < 20; n += 1) one.line.send({ n });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(other.heard).toEqual(Array.from({ length: 20 }, (_, n) => ({ n })));
});

test('Line goes on after the bus was away, with all that was said meanwhile', async () => {
  const [one, other] = [end('a', 'b'), end('b', 'a')];
  bus.connect(false);
  one.line.send({ n: 1 });
  await vi.advanceTimersByTimeAsync(9_000);
  one.line.send({ n: 2 });
  bus.connect(true);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(other.heard).toEqual([{ n: 1 }, { n: 2 }]);
  expect(one.lost).toEqual([]);
});

test('Line gives the other side up within three seconds, once, and is closed then', async () => {
  const [one, other] = [end('a', 'b'), end('b', 'a')];
  await vi.advanceTimersByTimeAsync(5_000);
  other.line.close();
  await vi.advanceTimersByTimeAsync(3_000);
  expect(one.lost).toEqual([expect.stringMatching(/^nothing was heard for 2\.\d s$/)]);
  one.line.send({ n: 1 });
  await vi.advanceTimersByTimeAsync(10_000);
  expect(one.lost).toHaveLength(1);
});

test('Line.settle() waits until all has come, or for so long', async () => {
  const [one] = [end('a', 'b'), end('b', 'a')];
  await one.line.settle(1_000);
  one.line.send({ n: 1 });
  let isSettled = false;
  void one.line.settle(60_000).then(() => {
    isSettled = true;
  });
  expect(isSettled).toBe(false);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(isSettled).toBe(true);
  bus.loses = () => true;
  one.line.send({ n: 2 });
  const waited = one.line.settle(500);
  await vi.advanceTimersByTimeAsync(500);
  await waited;
});

test('Line drops what is no word of a line', async () => {
  const { heard, lost } = end('a', 'b');
  const { publish } = bus.bus;
  for (const word of [
    [],
    { heard: 'x' },
    { heard: 0, piece: 1 },
    { heard: 0, piece: { n: 0, text: 1, more: false } },
  ]) {
    publish('b', word);
  }
  await vi.advanceTimersByTimeAsync(1_000);
  expect([heard, lost]).toEqual([[], []]);
});

test.each([
  ['{broken', 'JSON'],
  ['null', 'null is no message'],
])('Line is given up, and lets nothing through, when %j comes over it', async (text, why) => {
  const { heard, lost } = end('a', 'b');
  const { publish } = bus.bus;
  publish('b', { heard: 0, piece: { n: 0, text, more: false } });
  publish('b', { heard: 0, piece: { n: 1, text: '{}', more: false } });
  await vi.advanceTimersByTimeAsync(5_000);
  expect(heard).toEqual([]);
  expect(lost).toEqual([
    expect.stringMatching(new RegExp(`^what came over its line cannot be used \\(.*${why}.*\\)$`)),
  ]);
});
