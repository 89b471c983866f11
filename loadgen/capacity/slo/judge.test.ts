import { expect, test } from 'vitest';
import { judgeTrial } from './judge.ts';
import { parseSlo } from './parse.ts';
import { aTrial, someSeconds } from './testing.ts';
import type { Trial, TrialSecond } from './trial.ts';

const slo = parseSlo('99% < 50ms');
const judge = (change: Partial<Trial>) => judgeTrial(aTrial(change), slo);
const withSeconds = (change: (second: number) => Partial<TrialSecond>, count = 10) =>
  judge({ seconds: someSeconds(count, change) });

test('judgeTrial() finds nothing wrong with a quiet trial, and says what holds at each limit', () => {
  const judgement = judge({});
  expect(judgement).toMatchObject({ ok: true, reasons: [], okAtLimits: [false, false, true, true, true] });
  expect(judgement.attainments.map(({ share }) => share)).toEqual([0.9, 0.98, 1, 1, 1]);
});

test('judgeTrial() counts a late or lost message against the scheduled ones', () => {
  const atEdge = withSeconds(() => ({ inTime: [0, 0, 990, 990, 990] }));
  expect(atEdge.ok).toBe(true);
  const beyond = withSeconds((second) => ({ inTime: [0, 0, second === 0 ? 989 : 990, 1_000, 1_000] }));
  expect(beyond.reasons).toEqual([
    { name: 'late', sentence: 'Only 98.99 % of the scheduled messages came in time, wanted 99 % < 50 ms' },
  ]);
  expect(beyond.okAtLimits).toEqual([false, false, false, true, true]);
});

test('judgeTrial() wants every point of an objective', () => {
  const two = parseSlo('99% < 50ms and 99.9% < 100ms');
  const seconds = someSeconds(10, () => ({ inTime: [900, 980, 995, 995, 995] }));
  expect(judgeTrial(aTrial({ seconds }), two).reasons.map(({ sentence }) => sentence)).toEqual([
    'Only 99.5 % of the scheduled messages came in time, wanted 99.9 % < 100 ms',
  ]);
});

test.each([
  [{ connects: { asked: 1_000, made: 998 } }, 'Only 998 of 1000 connections were made, wanted 99.9 %'],
  [{ errors: 2 }, 'There were 2 errors in 10000 messages, wanted at most 0.01 %'],
  [{ unreconciled: 1 }, 'Deliveries counted by server and load generator differ by 1, wanted 0'],
  [
    { seconds: someSeconds(10, () => ({ scheduled: 0, inTime: [0, 0, 0, 0, 0] })) },
    'No message was scheduled',
  ],
])('judgeTrial() says what else is wrong: %j', (change, sentence) => {
  const judgement = judge(change);
  expect(judgement.ok).toBe(false);
  expect(judgement.reasons[0]?.sentence).toContain(sentence);
  expect(judgement.okAtLimits).toEqual([false, false, false, false, false]);
});

test('judgeTrial() allows what the conditions allow', () => {
  expect(judge({ connects: { asked: 1_000, made: 999 } }).ok).toBe(true);
  expect(judge({ errors: 1 }).ok).toBe(true);
});

test.each<[string, (second: number) => Partial<TrialSecond>]>([
  ['The backlog grew by 5000 bytes a second', (second) => ({ backlogBytes: 5_000 * second })],
  ['The event loop delay grew by 2 ms a second', (second) => ({ loopDelayMs: 2 * second })],
  ['The number of messages in flight grew by 50 messages a second', (second) => ({ inFlight: 50 * second })],
])('judgeTrial() fails a trial that is still in time: %s', (sentence, change) => {
  for (const count of [5, 10, 60]) {
    const judgement = withSeconds(change, count);
    expect(judgement.reasons.map(({ name }) => name)).toEqual(['growth']);
    expect(judgement.reasons[0]?.sentence).toBe(`${sentence}, wanted none`);
  }
});

test('judgeTrial() does not mind a rise that would never matter, nor a fall', () => {
  expect(
    withSeconds((second) => ({ backlogBytes: 10 * second, loopDelayMs: 0.01 * second, inFlight: second / 9 }))
      .ok,
  ).toBe(true);
  expect(withSeconds((second) => ({ backlogBytes: 1e6 - 50_000 * second })).ok).toBe(true);
});

test('judgeTrial() sees a load that is 0.1 % above what is served', () => {
  // 10 s later 10 messages of 1,000 a second wait, which is 10 ms.
  expect(withSeconds((second) => ({ inFlight: 10 + second })).reasons.map(({ name }) => name)).toEqual([
    'growth',
  ]);
});

test('judgeTrial() refuses a trial that did not count for the limit', () => {
  expect(() => judgeTrial(aTrial(), parseSlo('99% < 30ms'))).toThrow(
    'Cannot judge a trial within 30 ms: it counts for 10, 25, 50, 75, 100 ms',
  );
});
