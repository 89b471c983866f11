import { expect, test, vi } from 'vitest';
import { Waits } from './waits.ts';

const never = (): void => undefined;

test('Waits.start() ends as whoever it waits for decides', async () => {
  const waits = new Waits();
  await expect(waits.start<number>((resolve) => resolve(7))).resolves.toBe(7);
  await expect(waits.start((_resolve, reject) => reject(new Error('no')))).rejects.toThrow('no');
});

test('Waits.start() ends as decided when nothing comes in time', async () => {
  const waits = new Waits();
  const late = waits.start<string>(never, { seconds: 0.001, decide: (resolve) => resolve('late') });
  await expect(late).resolves.toBe('late');
});

test('Waits.end() rejects what waits and whatever is started later', async () => {
  const waits = new Waits();
  const before = waits.start(never, { seconds: 100, decide: (resolve) => resolve(1) });
  waits.end(new Error('over'));
  await expect(before).rejects.toThrow('over');
  await expect(waits.start(never)).rejects.toThrow('over');
});

test('Waits.end() ends nobody who has not been waited for', () => {
  const waits = new Waits();
  // The test would fail by an unhandled rejection.
  void waits.start(never);
  waits.end(new Error('over'));
});

test('Waits.end() leaves others a turn beside a loop that passes over every refusal', async () => {
  const waits = new Waits();
  waits.end(new Error('over'));
  let rounds = 0;
  let isOver = false;
  const loop = async (): Promise<void> => {
    while (!isOver && rounds < 1_000) {
      rounds += 1;
      await waits.start(never).catch(() => undefined);
    }
  };
  const looping = loop();
  await new Promise((resolve) => void setImmediate(resolve));
  isOver = true;
  expect(rounds).toBe(1);
  await looping;
});

test('Waits.start() waits for what comes later than any timer can tell', () => {
  vi.useFakeTimers();
  const decide = vi.fn();
  void new Waits().start(never, { seconds: Number.POSITIVE_INFINITY, decide });
  vi.advanceTimersByTime(86_400_000);
  vi.useRealTimers();
  expect(decide).not.toHaveBeenCalled();
});
