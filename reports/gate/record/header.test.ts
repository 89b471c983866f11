import { expect, test } from 'vitest';
import { headerSchema, lookAt, looksLineSchema } from './header.ts';
import { aHeader } from './testing.ts';

test('lookAt() gives a header that differs in its looks alone', () => {
  const header = aHeader();
  const looks = [{ blocks: 12, share: 1 }];
  const other = lookAt(header, { looks });
  expect(headerSchema.parse(other)).toEqual({ ...header, settings: { ...header.settings, looks } });
  expect(header.settings.looks).not.toEqual(looks);
});

test('looksLineSchema takes whole blocks and shares', () => {
  const line = { type: 'looks', looks: [{ blocks: 12, share: 1 }] };
  expect(looksLineSchema.parse(line)).toEqual(line);
  expect(looksLineSchema.safeParse({ ...line, looks: [{ blocks: 12, share: 2 }] }).success).toBe(false);
});
