import { expect, test } from 'vitest';
import { CHECK_EVERY_MS, Silence } from './silence.ts';

const patience = { silenceMs: 2_000, returnMs: 8_000, awayMs: 30_000 };

/** Checks four times a second from one time to another; says when and why the other side was given up. */
function watch(silence: Silence, from: number, to: number): string | undefined {
  for (let now = from; now <= to; now += CHECK_EVERY_MS) {
    const why = silence.check(now);
    if (why !== undefined) return `${now} ${why}`;
  }
  return undefined;
}

test('Silence gives up within three seconds of the last word', () => {
  const silence = new Silence(patience, 0);
  expect(watch(silence, 0, 1_000)).toBeUndefined();
  silence.heard(1_100);
  expect(watch(silence, 1_250, 10_000)).toBe('3250 nothing was heard for 2.1 s');
});

test('Silence forgives what this process itself slept through', () => {
  const silence = new Silence(patience, 0);
  expect(silence.check(60_000)).toBeUndefined();
  expect(watch(silence, 60_250, 70_000)).toBe('62000 nothing was heard for 2.0 s');
});

test('Silence waits for a bus that is away, and then for the other side to find it', () => {
  const silence = new Silence(patience, 0);
  silence.changed(false, 1_000);
  expect(watch(silence, 1_000, 20_000)).toBeUndefined();
  silence.changed(true, 20_100);
  expect(watch(silence, 20_250, 28_000)).toBeUndefined();
  expect(watch(silence, 28_250, 40_000)).toBe('28250 nothing was heard for 8.2 s');
});

test('Silence is as strict as ever once the other side has found the bus', () => {
  const silence = new Silence(patience, 0);
  silence.changed(false, 0);
  silence.changed(true, 500);
  silence.heard(600);
  expect(watch(silence, 750, 10_000)).toBe('2750 nothing was heard for 2.1 s');
});

test('Silence does not wait for a bus for ever, and counts from when it was missed first', () => {
  const silence = new Silence(patience, 0);
  silence.changed(false, 1_000);
  silence.changed(false, 20_000);
  expect(watch(silence, 1_000, 60_000)).toBe('31000 NATS was away for 30.0 s');
});
