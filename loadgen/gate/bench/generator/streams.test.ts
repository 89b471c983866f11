import { expect, test } from 'vitest';
import { Streams } from './streams.ts';

test('Streams finds each subscriber in order by itself', () => {
  const streams = new Streams(2);
  expect([streams.take(0, 0), streams.take(1, 0), streams.take(0, 1)]).toEqual(['new', 'new', 'new']);
});

test('Streams tells what comes twice from what comes late', () => {
  const streams = new Streams(1);
  const deliveries = [0, 2, 1, 1, 2, 5, 3].map((sequence) => streams.take(0, sequence));
  expect(deliveries).toEqual(['new', 'new', 'reordered', 'duplicated', 'duplicated', 'new', 'reordered']);
});
