import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { descriptorLimit } from './descriptors.ts';

test('descriptorLimit() is the limit that a child of this process is born with', () => {
  const limit = execFileSync('sh', ['-c', 'ulimit -n'], { encoding: 'utf8' }).trim();
  expect(descriptorLimit()).toBe(limit === 'unlimited' ? Number.MAX_SAFE_INTEGER : Number(limit));
});
