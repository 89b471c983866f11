import { expect, test } from 'vitest';
import { channelsSummary, healthySummary } from '../testing.ts';
import { namedTimes } from './times.ts';

test('namedTimes() puts what is reported before what explains it', () => {
  expect(
    namedTimes(healthySummary())
      .map(({ name }) => name)
      .slice(0, 3),
  ).toEqual(['response', 'service', 'lateness']);
});

test('namedTimes() tells from when connecting was timed, which older records took from a later moment', () => {
  const { latencyMs, ...rest } = healthySummary();
  const [connect, arrival] = [latencyMs.response ?? expect.fail(), latencyMs.service ?? expect.fail()];
  const meanings = (times: object) =>
    namedTimes({ ...rest, latencyMs: times }).map(({ name, meaning }) => `${name}: ${meaning}`);
  expect(meanings({ connect, arrival })).toEqual([
    'connect: planned arrival to end of handshake',
    'arrival: planned to actual arrival',
  ]);
  expect(meanings({ connect })).toEqual(['connect: first packet to end of handshake']);
});

test('namedTimes() claims no round trips for a run that only published', () => {
  expect(
    namedTimes(channelsSummary())
      .map(({ name }) => name)
      .slice(0, 5),
  ).toEqual(['lateness', 'push', 'first', 'median', 'last']);
});
