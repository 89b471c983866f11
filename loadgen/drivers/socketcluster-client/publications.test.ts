import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packPublication, readPublication } from './publications.ts';

test('readPublication() reads what packPublication() made, to the microsecond', () => {
  const publication = fc.record({
    channel: fc.nat(),
    publisher: fc.nat(),
    sequence: fc.nat(),
    intended: fc.integer({ min: 0, max: 1e10 }).map((micros) => micros / 1e6),
  });
  fc.assert(
    fc.property(publication, (made) => {
      const body = packPublication(made, 'abc123', 4);
      const read = (mark: string) => readPublication(made.channel, JSON.parse(JSON.stringify(body)), mark);
      expect([read('abc123'), read('abc124')]).toEqual([made, undefined]);
    }),
  );
});

test('readPublication() has no number for what is none', () => {
  expect(readPublication(3, 'text', 'abc123')).toEqual({
    channel: 3,
    publisher: NaN,
    sequence: NaN,
    intended: NaN,
  });
});
