import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  openSync,
  readdirSync,
  readlinkSync,
  readSync,
} from 'node:fs';
import { expect, test } from 'vitest';
import { keepProcessorsAwake, LATENCY_DEVICE, whileAwake } from './wakefulness.ts';

const isGranted = ((): boolean => {
  try {
    accessSync(LATENCY_DEVICE, constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
})();

/** Microseconds that the kernel keeps to now: the smallest wish of all. */
function latency(): number {
  const device = openSync(LATENCY_DEVICE, 'r');
  try {
    const told = Buffer.alloc(4);
    readSync(device, told, 0, told.length, null);
    return told.readInt32LE();
  } finally {
    closeSync(device);
  }
}

test.runIf(isGranted)('keepProcessorsAwake() wishes for no latency until it is ended', () => {
  const before = latency();
  const end = keepProcessorsAwake();
  expect(latency()).toBe(0);
  end?.();
  expect(latency()).toBe(before);
});

test.runIf(isGranted)(
  'whileAwake() wishes for no latency as long as the work takes, however it ends',
  async () => {
    const before = latency();
    expect(await whileAwake(async (isAwake) => [isAwake, latency()])).toEqual([true, 0]);
    expect(latency()).toBe(before);
    await expect(whileAwake(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(latency()).toBe(before);
  },
);

test('keepProcessorsAwake() gives nothing, and keeps nothing open, where there is no device or it takes no wish', () => {
  expect(keepProcessorsAwake('/nowhere/device')).toBeUndefined();
  const full = '/dev/full';
  if (!existsSync(full)) return;
  expect(keepProcessorsAwake(full)).toBeUndefined();
  const open = readdirSync('/proc/self/fd').flatMap((each) => {
    const link = `/proc/self/fd/${each}`;
    return existsSync(link) ? [readlinkSync(link)] : [];
  });
  expect(open).not.toContain(full);
});
