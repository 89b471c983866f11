import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MAX_CHANNEL_BYTES, MAX_PAYLOAD_BYTES, misfitOf } from './frame.ts';

test('misfitOf() measures a channel in bytes, not in letters', () => {
  expect(misfitOf('a'.repeat(MAX_CHANNEL_BYTES), 0)).toBeUndefined();
  expect(misfitOf('a'.repeat(MAX_CHANNEL_BYTES + 1), 0)).toContain('65536 bytes');
  expect(misfitOf('é'.repeat(32_768), 0)).toContain('65536 bytes');
  expect(misfitOf('é'.repeat(32_767), 0)).toBeUndefined();
});

test('misfitOf() refuses a payload above 16 MiB', () => {
  expect(misfitOf('a', MAX_PAYLOAD_BYTES)).toBeUndefined();
  expect(misfitOf('a', MAX_PAYLOAD_BYTES + 1)).toContain('the most is 16777216');
});

test('misfitOf() agrees with the exact length for any name', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.nat(5_000), (text, times) => {
      const channel = text.repeat(Math.min(times, 40_000 / Math.max(1, text.length)));
      expect(misfitOf(channel, 0) === undefined).toBe(Buffer.byteLength(channel) <= MAX_CHANNEL_BYTES);
    }),
  );
});
