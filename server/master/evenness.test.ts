import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { Evenness, type Rule } from './evenness.ts';

const changed = vi.fn<(rule: Rule) => void>();
let now = 0;

function makeEvenness(workers: number, maxConnections = 20_000): Evenness {
  const evenness = new Evenness({ maxConnections, changed, now: () => now });
  for (let id = 0; id < workers; id += 1) {
    evenness.note(id, 0);
  }
  changed.mockClear();
  return evenness;
}

test('Evenness keeps any dealing of 42,000 connections within 5 % of the mean', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 31 - 1 }), fc.integer({ min: 2, max: 6 }), (seed, workers) => {
      const evenness = makeEvenness(workers, 50_000);
      const counts = Array.from({ length: workers }, () => 0);
      let random = seed;
      for (let dealt = 0; dealt < 42_000; dealt += 1) {
        // A dealer as unfair as can be: it prefers the same worker until that one may take no more.
        random = (random * 1_103_515_245 + 12_345) % 2 ** 31;
        const preferred = random % 97 === 0 ? random % workers : 0;
        const open = [preferred, ...counts.keys()].find((id) => (counts[id] ?? 0) < evenness.rule.most);
        expect(open).toBeDefined();
        counts[open ?? 0] = (counts[open ?? 0] ?? 0) + 1;
        // Workers count a few times a second, at 2,000 arrivals a second.
        if (dealt % 200 === 0) {
          for (const [id, count] of counts.entries()) {
            evenness.note(id, count);
          }
        }
      }
      expect(Math.max(...counts) / (42_000 / workers)).toBeLessThanOrEqual(1.05);
    }),
    { numRuns: 8 },
  );
});

test('Evenness never lets a worker past what it may hold at all', () => {
  const evenness = makeEvenness(2, 600);
  evenness.note(0, 590);
  evenness.note(1, 580);
  expect(evenness.rule).toEqual({ most: 600, areAllFull: false });
});

test('Evenness tells when the last worker fills up and when the first has room again', () => {
  const evenness = makeEvenness(2, 100);
  evenness.note(0, 100);
  expect(changed).not.toHaveBeenCalled();
  evenness.note(1, 100);
  expect(changed).toHaveBeenLastCalledWith({ most: 100, areAllFull: true });
  evenness.note(1, 99);
  expect(changed).toHaveBeenLastCalledWith({ most: 100, areAllFull: false });
  expect(changed).toHaveBeenCalledTimes(2);
});

test('Evenness tells nothing of trifles', () => {
  const evenness = makeEvenness(2);
  evenness.note(0, 5_000);
  evenness.note(1, 10);
  expect(changed).not.toHaveBeenCalled();
  evenness.note(1, 40);
  expect(changed).toHaveBeenCalledExactlyOnceWith({ most: 297, areAllFull: false });
});

test('Evenness does not wait for a worker that has ended or hangs', () => {
  const evenness = makeEvenness(3);
  evenness.note(0, 8_000);
  evenness.note(1, 8_000);
  expect(evenness.rule.most).toBe(256);
  now += 2_900;
  evenness.hear(0);
  evenness.hear(1);
  now += 200;
  evenness.hear(0);
  expect(evenness.rule.most).toBe(8_416);
  evenness.note(2, 100);
  expect(evenness.rule.most).toBe(358);
  evenness.forget(2);
  expect(evenness.rule.most).toBe(8_416);
  evenness.forget(0);
  evenness.forget(1);
  expect(evenness.rule).toEqual({ most: 20_000, areAllFull: false });
});
