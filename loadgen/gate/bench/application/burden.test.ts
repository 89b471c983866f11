import { expect, test, vi } from 'vitest';
import { createGarbage, createParsing, elementsFor, standStill } from './burden.ts';

test('createParsing() parses and writes a text of so many elements', () => {
  const parse = vi.spyOn(JSON, 'parse');
  createParsing(3)();
  expect(JSON.parse(parse.mock.calls[0]![0])).toHaveLength(3);
  parse.mockRestore();
});

test('createParsing() parses for a share of its calls, evenly spread', () => {
  const parse = vi.spyOn(JSON, 'parse');
  const counted = [0.25, 1, 2.5].map((share) => {
    const work = createParsing(1, share);
    parse.mockClear();
    for (let calls = 0; calls < 8; calls += 1) work();
    return parse.mock.calls.length;
  });
  parse.mockRestore();
  expect(counted).toEqual([2, 8, 20]);
});

test('elementsFor() asks for more elements the longer they are to take', () => {
  expect(elementsFor(200)).toBeGreaterThan(elementsFor(2));
  expect(elementsFor(0)).toBe(1);
});

test('createGarbage() allocates what it is asked for', () => {
  const makeGarbage = createGarbage(4_000);
  const before = process.memoryUsage().heapUsed;
  for (let times = 0; times < 64; times += 1) makeGarbage();
  expect(process.memoryUsage().heapUsed - before).toBeGreaterThan(64 * 4_000 * 0.9);
});

test('standStill() lets the time pass', () => {
  const start = performance.now();
  standStill(5);
  expect(performance.now() - start).toBeGreaterThanOrEqual(5);
});
