import { expect, test } from 'vitest';
import { parseSlo } from './parse.ts';
import { recoveryOf } from './recovery.ts';
import { aTrial, someSeconds } from './testing.ts';

const slo = parseSlo('99% < 50ms');
const recovery = (isGood: (second: number) => boolean): number | undefined =>
  recoveryOf(
    aTrial({
      seconds: someSeconds(30, (second) => ({ inTime: [0, 0, isGood(second) ? 1_000 : 500, 1_000, 1_000] })),
    }),
    slo,
  );

test('recoveryOf() gives the second from which three in a row are good', () => {
  expect(recovery(() => true)).toBe(0);
  expect(recovery((second) => second >= 12)).toBe(12);
  expect(recovery((second) => second >= 27)).toBe(27);
});

test('recoveryOf() is undefined when the target stays slow, or is good for single seconds only', () => {
  expect(recovery(() => false)).toBeUndefined();
  expect(recovery((second) => second % 3 !== 0)).toBeUndefined();
  expect(recovery((second) => second >= 28)).toBeUndefined();
  expect(recoveryOf(aTrial({ seconds: [] }), slo)).toBeUndefined();
});
