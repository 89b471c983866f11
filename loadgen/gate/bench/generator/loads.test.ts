import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { createTimerAlarm } from '../../../agent/alarm/index.ts';
import { keepRate, keepUnderWay, Ticker } from './loads.ts';
import { createTestCrowd } from './testing.ts';

afterEach(() => {
  vi.useRealTimers();
});

test('keepUnderWay() keeps so many under way until it has sent enough, dropped ones included', async () => {
  const crowd = createTestCrowd((number) => (number % 10 === 0 ? 'dropped' : 'answered'));
  let answers = 0;
  await keepUnderWay(crowd, {
    inFlight: 4,
    patienceSeconds: 5,
    goesOn: () => crowd.tally.sent < 100,
    onAnswered() {
      answers += 1;
    },
  });
  expect(crowd.most).toBe(4);
  expect(answers).toBe(90);
  expect(crowd.tally).toEqual({ sent: 100, answered: 90, dropped: 10, lost: 0, duplicated: 0 });
});

test('keepUnderWay() gives up on what is never answered', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'performance'] });
  const crowd = createTestCrowd((number) => (number === 7 ? undefined : 'answered'));
  const done = keepUnderWay(crowd, {
    inFlight: 4,
    patienceSeconds: 2,
    goesOn: () => crowd.tally.sent < 50,
    onAnswered() {},
  });
  await vi.waitUntil(() => crowd.tally.answered === 49);
  await vi.advanceTimersByTimeAsync(1_900);
  expect(crowd.tally.lost).toBe(0);
  vi.advanceTimersByTime(1_100);
  await done;
  expect(crowd.tally).toMatchObject({ sent: 50, answered: 49, lost: 1 });
});

test('keepRate() sends at its rate whatever comes back, and says how late', async () => {
  const ticker = new Ticker(createTimerAlarm);
  onTestFinished(() => ticker.close());
  const crowd = createTestCrowd();
  const late: number[] = [];
  const intended: number[] = [];
  const from = await keepRate(crowd, {
    ticker,
    perSecond: 2_500,
    seconds: 0.1,
    patienceSeconds: 5,
    onSent: (lateness) => late.push(lateness),
    onAnswered: (time) => intended.push(time),
  });
  expect(crowd.tally).toMatchObject({ sent: 250, answered: 250 });
  expect(Math.min(...late)).toBeGreaterThanOrEqual(0);
  expect(intended[0]).toBeCloseTo(from, 6);
  expect(Math.max(...intended)).toBeCloseTo(from + 0.099, 6);
});
