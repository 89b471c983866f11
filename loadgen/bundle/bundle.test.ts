import { expect, test } from 'vitest';
import { hashOf, seal } from './bundle.ts';
import { bundleOf } from './testing.ts';

test('seal() gives equal bundles equal hashes, and others others', () => {
  expect(seal(bundleOf())).toEqual(seal(bundleOf()));
  expect(seal(bundleOf({ traceUser: 3 })).hash).not.toBe(seal(bundleOf()).hash);
});

test('hashOf() is the hash of what is sent', () => {
  const { text, hash } = seal(bundleOf());
  expect(hashOf(text)).toBe(hash);
  expect(hashOf(Buffer.from(text))).toBe(hash);
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
});
