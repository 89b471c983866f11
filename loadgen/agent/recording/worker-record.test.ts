import { expect, test } from 'vitest';
import { WorkerRecord } from './worker-record.ts';

function cut(record: WorkerRecord): object {
  const { window, encodings } = record.close();
  for (const encode of encodings) encode();
  return window;
}

test('WorkerRecord.close() leaves out empty histograms and starts over, but keeps the open sockets', () => {
  const record = new WorkerRecord('2');
  record.open = 5;
  record.counts.sent += 3;
  record.service.record(0.001);
  const none = { answered: 0, timedOut: 0, lost: 0, duplicated: 0, reordered: 0, pushed: 0 };
  expect(cut(record)).toEqual({ worker: '2', open: 5, sent: 3, ...none, service: expect.any(String) });
  expect(cut(record)).toEqual({ worker: '2', open: 5, sent: 0, ...none });
});

test('WorkerRecord.close() tells rare counts only when there are any', () => {
  const record = new WorkerRecord('2');
  record.counts.pushLost += 2;
  record.counts.errors += 1;
  record.recovery.record(0.5);
  expect(cut(record)).toMatchObject({ pushLost: 2, errors: 1, recovery: expect.any(String) });
  expect(Object.keys(cut(record))).not.toContain('pushLost');
});

test('WorkerRecord.pushLost() remembers for which seconds the lost were meant, where that is known', () => {
  const record = new WorkerRecord('2');
  for (const intended of [3.1, 3.9, 7, Number.NaN]) record.pushLost(intended);
  expect(cut(record)).toMatchObject({ pushLost: 4, pushLostOf: { '3': 2, '7': 1 } });
  expect(Object.keys(cut(record))).not.toContain('pushLostOf');
});
