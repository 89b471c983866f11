import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Window } from '../results/index.ts';
import { Seconds } from './seconds.ts';

const load = { pid: 1, cpuMicros: 0, rssBytes: 0, loopUtilisation: 0, gcMs: 0 };
const users = { started: 0, open: 0, failed: {}, dropped: {} };
const window = (process: number, second: number): Window => ({
  type: 'window',
  process,
  second,
  users,
  unsent: 0,
  workers: [],
  load,
});

/** Seconds of so many processes, and what they gave out, as `second:processes`. */
function watch(processes: number): { seconds: Seconds; given: string[] } {
  const given: string[] = [];
  const seconds = new Seconds(processes, (second, windows) => {
    const from = windows.map((each) => each.process).sort();
    given.push(`${second}:${from.join('')}`);
  });
  return { seconds, given };
}

test('Seconds gives a second out when every process has told its part', () => {
  const { seconds, given } = watch(2);
  seconds.add(window(0, 0));
  expect(given).toEqual([]);
  seconds.add(window(1, 0));
  expect(given).toEqual(['0:01']);
});

test('Seconds goes on without a process that lags two seconds behind, and drops what it tells too late', () => {
  const { seconds, given } = watch(2);
  for (const second of [0, 1, 2]) seconds.add(window(0, second));
  expect(given).toEqual(['0:0']);
  seconds.add(window(1, 0));
  seconds.add(window(1, 1));
  expect(given).toEqual(['0:0', '1:01']);
});

test('Seconds waits no longer for a process that was lost', () => {
  const { seconds, given } = watch(2);
  seconds.add(window(0, 0));
  seconds.lose(1);
  seconds.add(window(0, 1));
  expect(given).toEqual(['0:0', '1:0']);
});

test('Seconds gives out a second that everybody slept through, with nothing in it', () => {
  const { seconds, given } = watch(1);
  seconds.add(window(0, 0));
  seconds.add(window(0, 3));
  expect(given).toEqual(['0:0', '1:']);
  seconds.add(window(0, 4));
  expect(given).toEqual(['0:0', '1:', '2:', '3:0', '4:0']);
});

test('Seconds has nothing to give out when all processes are lost before they told anything', () => {
  const { seconds, given } = watch(1);
  seconds.lose(0);
  expect(given).toEqual([]);
});

test('Seconds gives out each second once and in order, in whatever order the processes tell them', () => {
  const parts = [0, 1, 2].flatMap((process) => [0, 1, 2, 3, 4, 5].map((second) => ({ process, second })));
  fc.assert(
    fc.property(fc.shuffledSubarray(parts, { minLength: 1 }), (told) => {
      const { seconds, given } = watch(3);
      for (const { process, second } of told) seconds.add(window(process, second));
      const numbers = given.map((each) => Number.parseInt(each, 10));
      expect(numbers).toEqual([...numbers.keys()]);
    }),
  );
});
