import { totalmem } from 'node:os';
import { expect, test } from 'vitest';
import { availableMemory, portRange, readHost } from './host.ts';

test('readHost() tells what this host is', () => {
  const host = readHost();
  expect(host).toEqual({
    cpus: expect.any(Number),
    model: expect.stringMatching(/./),
    memoryGB: totalmem() / 1e9,
    kernel: expect.stringMatching(/^\d+\.\d+/),
    node: process.version,
    fdLimit: expect.any(Number),
  });
  expect(host.cpus).toBeGreaterThanOrEqual(1);
  expect(host.fdLimit).toBeGreaterThan(256);
});

test('availableMemory() is some of the memory there is', () => {
  expect(availableMemory()).toBeGreaterThan(1_000_000);
  expect(availableMemory()).toBeLessThan(totalmem());
});

test('portRange() goes from one port to a higher one', () => {
  const [first, last] = portRange();
  expect(first).toBeGreaterThan(0);
  expect(last).toBeGreaterThan(first);
  expect(last).toBeLessThanOrEqual(65_535);
});
