import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeHistogram, type Fanout } from '../../results/index.ts';
import { FanoutJoin } from './join.ts';

const BOTH = { tellers: [2], waitFor: 10 };

/** The greatest of each, microseconds. */
function greatest(fanout: Fanout | undefined): number[] {
  if (fanout === undefined) return [];
  return [fanout.first, fanout.median, fanout.last].map((text) => decodeHistogram(text).max);
}

/** What a process tells of one publication of publisher 5 to channel 0. */
function told(process: number, sequence: number, times: number[], isLast = false) {
  const [first = 0, median = 0, last = 0] = times;
  return { process, spreads: [[0, 5, sequence, times.length, first, median, last]], isLast };
}

test('FanoutJoin tells of a publication once all load processes have, whoever is first', () => {
  const join = new FanoutJoin(2, BOTH);
  join.add(told(1, 0, [100, 200, 900]));
  join.add(told(0, 1, [10, 20, 30]));
  expect(join.take(0)).toBeUndefined();
  join.add(told(0, 0, [50, 300, 400]));
  expect(greatest(join.take(0))).toEqual([50, 250, 900]);
  expect(join.take(0)).toBeUndefined();
});

test('FanoutJoin waits for no load process that has no subscribers, or has ended', () => {
  const join = new FanoutJoin(2, { tellers: [1, 2], waitFor: 10 });
  join.add(told(0, 0, [1, 2, 3]));
  expect(greatest(join.take(0))).toEqual([1, 2, 3]);
  const late = { process: 0, spreads: [[1, 5, 0, 1, 7, 7, 7]], isLast: true };
  join.add(late);
  expect(join.take(0)).toBeUndefined();
  join.end(1);
  expect(greatest(join.take(0))).toEqual([7, 7, 7]);
});

test('FanoutJoin has the first and the last of all subscribers, however they are dealt out', () => {
  const times = fc.array(fc.integer({ min: 1, max: 2_000 }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(fc.array(times, { minLength: 1, maxLength: 4 }), (processes) => {
      const join = new FanoutJoin(processes.length, { tellers: [processes.length], waitFor: 10 });
      for (const [process, own] of processes.entries()) {
        const [first, last] = [Math.min(...own), Math.max(...own)];
        join.add({ process, spreads: [[0, 5, 0, own.length, first, first, last]], isLast: false });
      }
      const [first, , last] = greatest(join.take(0));
      expect([first, last]).toEqual([Math.min(...processes.flat()), Math.max(...processes.flat())]);
    }),
  );
});

test('FanoutJoin keeps so many publications of which the rest does not come, and counts the oldest as they are', () => {
  const join = new FanoutJoin(2, BOTH);
  const spreads = Array.from({ length: 65_537 }, (_, sequence) => [0, 5, sequence, 1, 9, 9, 9]);
  join.add({ process: 0, spreads, isLast: false });
  expect(decodeHistogram(join.take(0)?.last ?? expect.fail()).count).toBe(1);
});

test('FanoutJoin counts a publication as it is when the rest does not come, and that by itself when it does', () => {
  const join = new FanoutJoin(2, BOTH);
  join.take(7);
  join.add(told(0, 0, [1, 2, 3]));
  expect(join.take(17)).toBeUndefined();
  expect(greatest(join.take(18))).toEqual([1, 2, 3]);
  join.add(told(1, 0, [5, 5, 5]));
  expect(greatest(join.take(29))).toEqual([5, 5, 5]);
});
