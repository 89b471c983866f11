import { availableParallelism } from 'node:os';
import { expect, test } from 'vitest';
import { hostPart, sharesCore } from './host-part.ts';

test('hostPart() tells this host', () => {
  const host = hostPart();
  expect(host).toMatchObject({ node: expect.stringContaining('20'), processor: expect.any(String) });
  expect(host.cores).toBeGreaterThanOrEqual(availableParallelism());
  expect(host.memoryBytes).toBeGreaterThan(1e8);
});

test('sharesCore() has an answer on every kernel', () => {
  expect(typeof sharesCore()).toBe('boolean');
});
