import { expect, test } from 'vitest';
import { DepartureBook } from './departures.ts';

const snapshots = [
  { role: 'master', id: 0, connections: 0 },
  { role: 'worker', id: 0, connections: 10 },
  { role: 'worker', id: 1, connections: 20 },
  { role: 'broker', id: 0, connections: 2 },
] as const;

test('DepartureBook counts by snapshots until a worker says better, and nobody in one that has ended', () => {
  const book = new DepartureBook();
  expect(book.sum(snapshots)).toEqual({ left: 30, sentAway: 0, cutOff: 0 });
  book.note(0, { type: 'departures', left: 7, sentAway: 4, cutOff: 0 });
  expect(book.sum(snapshots)).toEqual({ left: 27, sentAway: 4, cutOff: 0 });
  book.note(0, { type: 'departures', left: 1, sentAway: 9, cutOff: 1 });
  book.note(1, { type: 'departures', left: 20, sentAway: 1, cutOff: 0 });
  book.end(0);
  book.end(5);
  expect(book.sum(snapshots)).toEqual({ left: 20, sentAway: 10, cutOff: 1 });
  expect(book.sum([])).toEqual({ left: 20, sentAway: 10, cutOff: 1 });
});
