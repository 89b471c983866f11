import { expect, test } from 'vitest';
import { aWindow } from './testing.ts';
import { sliceMs, windowSchema } from './window.ts';

test('sliceMs() is a quarter of a second, or as long as a thousand messages take', () => {
  expect([10_000, 4_000, 2_000, 100].map(sliceMs)).toEqual([250, 250, 500, 10_000]);
});

test('windowSchema refuses counts that are none', () => {
  const window = aWindow({ mode: 'open' });
  expect(windowSchema.safeParse(window).success).toBe(true);
  for (const lost of [-1, 0.5, null, '0']) {
    expect(windowSchema.safeParse({ ...window, messages: { ...window.messages, lost } }).success).toBe(false);
  }
});
