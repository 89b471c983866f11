import { expect, test } from 'vitest';
import { testOptions } from '../testing.ts';
import { planCluster } from './plan.ts';

test('planCluster() gives each broker a socket of its own in the folder', () => {
  const plan = planCluster(testOptions({ brokers: 3, workers: 5 }), '/run/sc', 20_000);
  expect(plan).toEqual({
    brokerPaths: ['/run/sc/b0', '/run/sc/b1', '/run/sc/b2'],
    workers: 5,
    workerPaths: [],
    maxConnections: 20_000 - 256,
  });
});

test('planCluster() gives workers a socket of their own when balancers own the public port', () => {
  const { workerPaths } = planCluster(testOptions({ balancers: 1, workers: 2 }), '/run/sc', 20_000);
  expect(workerPaths).toEqual(['/run/sc/w0', '/run/sc/w1']);
  const folder = `/${'x'.repeat(90)}`;
  expect(() => planCluster(testOptions({ balancers: 1, workers: 11 }), folder, 1_024)).not.toThrow();
  expect(() => planCluster(testOptions({ balancers: 1, workers: 101 }), folder, 1_024)).toThrow(/socketRoot/);
});

test('planCluster() lets a worker hold one connection at least, however few descriptors there are', () => {
  expect(planCluster(testOptions(), '/run/sc', 100).maxConnections).toBe(1);
});

test('planCluster() refuses a folder too long for a unix socket, counted in bytes', () => {
  const options = testOptions({ brokers: 11 });
  const fits = `/${'x'.repeat(98)}`;
  expect(planCluster(options, fits, 1_024).brokerPaths.at(-1)).toHaveLength(103);
  for (const folder of [`${fits}x`, `/${'ü'.repeat(50)}`]) {
    expect(() => planCluster(options, folder, 1_024)).toThrow(
      expect.objectContaining({
        code: 'LIMIT_EXCEEDED',
        message: expect.stringContaining('name a shorter folder in socketRoot'),
      }),
    );
  }
});
