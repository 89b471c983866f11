import { expect, test } from 'vitest';
import { closeCodes, fitReason, isSendableCode } from './close-codes.ts';

test('closeCodes are all codes that may stand in a close frame', () => {
  for (const { code } of Object.values(closeCodes)) {
    expect(isSendableCode(code)).toBe(true);
  }
});

test('isSendableCode() refuses the codes that RFC 6455 reserves', () => {
  for (const code of [0, 999, 1004, 1005, 1006, 1015, 2999, 5000, 1000.5, Number.NaN]) {
    expect(isSendableCode(code)).toBe(false);
  }
});

test('fitReason() cuts to 123 bytes and never inside a character', () => {
  expect(fitReason('short')).toBe('short');
  const cut = fitReason('é'.repeat(100));
  expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(123);
  expect(cut).toBe('é'.repeat(61));
});
