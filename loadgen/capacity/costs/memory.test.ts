import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitMemory } from './memory.ts';

test('fitMemory() finds bytes of a socket and of a process without any', () => {
  const line = [0, 5_000, 10_000].map((sockets) => ({ sockets, rssBytes: 60e6 + 8_000 * sockets }));
  const { perSocket, base } = fitMemory(line);
  expect(perSocket.median).toBeCloseTo(8_000, 3);
  expect(perSocket.spread).toBeLessThan(1e-6);
  expect(base).toBeCloseTo(60e6, 0);
});

test('fitMemory() is less certain the more its points scatter', () => {
  const points = (scatter: number) =>
    [0, 5_000, 10_000, 15_000].map((sockets, place) => ({
      sockets,
      rssBytes: 60e6 + 8_000 * sockets + (place % 2 === 0 ? scatter : -scatter),
    }));
  expect(fitMemory(points(5e6)).perSocket.spread).toBeGreaterThan(
    2 * fitMemory(points(1e6)).perSocket.spread,
  );
});

test('fitMemory() refuses what tells no slope', () => {
  const refused = fc.constantFrom<[{ sockets: number; rssBytes: number }[], string]>(
    [[], '0 looks at 0 numbers of sockets, wanted 3 looks'],
    [[1, 2, 3].map((rssBytes) => ({ sockets: 7, rssBytes })), '3 looks at 1 numbers of sockets'],
    [[3, 2, 1].map((rssBytes, sockets) => ({ sockets, rssBytes })), 'memory changes by -1 bytes a socket'],
  );
  fc.assert(
    fc.property(refused, ([points, sentence]) => {
      expect(() => fitMemory(points)).toThrow(`Cannot tell the memory of a socket: ${sentence}`);
    }),
  );
});
