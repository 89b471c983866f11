import { expect, test } from 'vitest';
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
