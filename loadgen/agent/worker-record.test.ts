import { expect, test } from 'vitest';
import { decodeHistogram } from '../results/index.ts';
import { Distribution, WorkerRecord } from './worker-record.ts';

test('Distribution.cut() tells seconds as microseconds, once', () => {
  const distribution = new Distribution();
  distribution.record(0.25);
  distribution.record(0.25);
  const histogram = decodeHistogram(distribution.cut() ?? expect.fail());
  expect(histogram.count).toBe(2);
  expect(histogram.max).toBeCloseTo(250_000, -3);
  expect(distribution.cut()).toBeUndefined();
});

test('WorkerRecord.cut() leaves out empty histograms and starts over, but keeps the open sockets', () => {
  const record = new WorkerRecord('2');
  record.open = 5;
  record.counts.sent += 3;
  record.service.record(0.001);
  const none = { answered: 0, timedOut: 0, lost: 0, duplicated: 0, reordered: 0, pushed: 0 };
  expect(record.cut()).toEqual({ worker: '2', open: 5, sent: 3, ...none, service: expect.any(String) });
  expect(record.cut()).toEqual({ worker: '2', open: 5, sent: 0, ...none });
});
