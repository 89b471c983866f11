import { expect, test, vi } from 'vitest';
import type { Supervised } from '../../process/index.ts';
import { settle } from '../../process/testing.ts';
import { testOptions } from '../../testing.ts';
import { Lifetime } from '../lifetime.ts';
import { planCluster } from '../plan.ts';
import { startBrokers } from './brokers.ts';

/** The start of two brokers, each of which gets ready at the word of the test. */
function begin() {
  const options = testOptions({ brokers: 2 });
  const setting = { options, port: 1, secret: '', plan: planCluster(options, '/run', 10_000) };
  const lifetime = new Lifetime(1_000);
  const stop = vi.fn(async () => undefined);
  const getReady: (() => void)[] = [];
  const supervise = vi.fn((): Supervised => {
    const ready = new Promise<void>((resolve) => getReady.push(resolve));
    return { ready, stop, restart: stop, send: () => undefined, pid: 1 };
  });
  return { lifetime, stop, supervise, getReady, started: startBrokers(setting, { supervise }, lifetime) };
}

test('startBrokers() waits for all brokers, which are stopped at the end', async () => {
  const { getReady, lifetime, started, stop, supervise } = begin();
  const resolved = vi.fn();
  void started.then(resolved);
  await settle();
  getReady[1]?.();
  await settle();
  expect(resolved).not.toHaveBeenCalled();
  getReady[0]?.();
  expect(await started).toEqual(supervise.mock.results.map(({ value }) => value as Supervised));
  expect(supervise.mock.calls.map((given: unknown[]) => given.slice(0, 2))).toEqual([
    ['broker', 0],
    ['broker', 1],
  ]);
  await lifetime.end();
  expect(stop).toHaveBeenCalledTimes(2);
});

test('startBrokers() rejects when the cluster is stopped meanwhile, and stops what it has begun', async () => {
  const { getReady, lifetime, started, stop } = begin();
  await settle();
  await lifetime.end();
  expect(stop).toHaveBeenCalledTimes(2);
  for (const tell of getReady) {
    tell();
  }
  await expect(started).rejects.toMatchObject({ code: 'RUN_INTERRUPTED' });
});
