import { expect, test } from 'vitest';
import { closeCodes, describeEnding, fitReason, isSendableCode } from './close-codes.ts';

test('closeCodes are all codes that may stand in a close frame', () => {
  for (const { code } of Object.values(closeCodes)) {
    expect(isSendableCode(code)).toBe(true);
  }
});

test('closeCodes tell no client but one that is done to stay away: 4500 and more would, and 1000 does', () => {
  for (const [name, { code }] of Object.entries(closeCodes)) {
    expect({ name, mayReturn: code !== 1000 && code < 4_500 }).toEqual({
      name,
      mayReturn: name !== 'normal',
    });
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

test('describeEnding() gives the reason, or what the table knows of the code', () => {
  expect(describeEnding(4501, 'bye')).toBe('status code 4501: bye');
  expect(describeEnding(1009, undefined)).toBe('status code 1009: Message is larger than maxPayload');
  expect(describeEnding(1009, { more: 1 })).toBe('status code 1009: Message is larger than maxPayload');
  expect([describeEnding(1000, ''), describeEnding(4444, '')]).toEqual([
    'status code 1000',
    'status code 4444',
  ]);
});
