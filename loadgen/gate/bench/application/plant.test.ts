import { afterEach, expect, test, vi } from 'vitest';
import type { InjectionKind } from './injection.ts';
import { plant, wayOf } from './plant.ts';

afterEach(() => {
  vi.useRealTimers();
});

function answered(kind: InjectionKind, size: number, times: number): number {
  const way = wayOf({ kind, size, elements: 1, share: 1 });
  let count = 0;
  for (let time = 0; time < times; time += 1) {
    way(() => {
      count += 1;
    });
  }
  return count;
}

test.each<InjectionKind>(['parse', 'garbage', 'stall', 'memory'])(
  'wayOf() answers every call at once with %s',
  (kind) => {
    expect(answered(kind, 10, 100)).toBe(100);
  },
);

test('wayOf() loses one answer in so many', () => {
  expect(answered('loss', 10, 99)).toBe(90);
});

test('wayOf() lets one answer in 50 come later', () => {
  vi.useFakeTimers();
  const way = wayOf({ kind: 'tail', size: 7, elements: 0, share: 1 });
  const answer = vi.fn();
  for (let time = 0; time < 100; time += 1) way(answer);
  expect(answer).toHaveBeenCalledTimes(98);
  vi.advanceTimersByTime(7);
  expect(answer).toHaveBeenCalledTimes(100);
});

test('wayOf() gives each answer a turn of the loop of its own', async () => {
  const way = wayOf({ kind: 'writes', size: 1, elements: 0, share: 1 });
  const turns: number[] = [];
  let turn = 0;
  const count = (): void => {
    turn += 1;
    if (turns.length < 3) setImmediate(count);
  };
  setImmediate(count);
  await new Promise<void>((resolve) => {
    for (let left = 3; left > 0; left -= 1) {
      way(() => {
        turns.push(turn);
        if (turns.length === 3) resolve();
      });
    }
  });
  expect(new Set(turns).size).toBe(3);
});

function server() {
  const lines: Record<string, (request: object, next: (error?: unknown) => void) => void> = {};
  const on = vi.fn();
  return {
    lines,
    on,
    MIDDLEWARE_PUBLISH_IN: 'publishIn',
    MIDDLEWARE_PUBLISH_OUT: 'publishOut',
    addMiddleware(line: string, middleware: (typeof lines)[string]) {
      lines[line] = middleware;
    },
  };
}

test.each<InjectionKind>(['parse', 'garbage'])('plant() lets every publication pass with %s', (kind) => {
  const planted = server();
  plant(planted, { kind, size: 10, elements: 1, share: 1 });
  const next = vi.fn();
  planted.lines['publishIn']?.({}, next);
  expect(next).toHaveBeenCalledExactlyOnceWith();
});

test('plant() costs publications nothing while its power is off', () => {
  const planted = server();
  const parse = vi.spyOn(JSON, 'parse');
  const power = { isOn: false };
  plant(planted, { kind: 'parse', size: 10, elements: 1, share: 1 }, power);
  planted.lines['publishIn']?.({}, vi.fn());
  expect(parse).not.toHaveBeenCalled();
  power.isOn = true;
  planted.lines['publishIn']?.({}, vi.fn());
  expect(parse).toHaveBeenCalledOnce();
});

test('plant() withholds one delivery in so many, without an error', () => {
  const planted = server();
  plant(planted, { kind: 'loss', size: 3, elements: 0, share: 1 });
  const next = vi.fn();
  for (let time = 0; time < 3; time += 1) planted.lines['publishOut']?.({}, next);
  expect(next.mock.calls).toEqual([[], [], [true]]);
});

test('plant() stands still once a second', () => {
  vi.useFakeTimers({ toFake: ['setInterval'] });
  plant(server(), { kind: 'stall', size: 4, elements: 0, share: 1 });
  const start = performance.now();
  vi.advanceTimersByTime(1_000);
  expect(performance.now() - start).toBeGreaterThanOrEqual(4);
});

test('plant() gives every connection ballast for memory, and nothing else for the others', () => {
  const planted = server();
  plant(planted, { kind: 'memory', size: 10, elements: 0, share: 1 });
  expect(planted.on).toHaveBeenCalledExactlyOnceWith('connection', expect.any(Function));
  planted.on.mock.calls[0]?.[1]({});
  plant(planted, { kind: 'tail', size: 1, elements: 0, share: 1 });
  expect(planted.on).toHaveBeenCalledOnce();
  expect(planted.lines).toEqual({});
});
