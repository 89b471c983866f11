import { EventEmitter } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { startSocketCluster14 } from './index.ts';

const start = { packages: '/any/package.json', authKey: 'secret', socketRoot: '/tmp/any' };

/** The library, with a cluster that says what a test says. */
function scene() {
  const main = process.mainModule;
  onTestFinished(() => {
    Reflect.set(process, 'mainModule', main);
  });
  const cluster = new EventEmitter();
  const given: unknown[] = [];
  const create = (options: object): EventEmitter => {
    given.push(options, process.mainModule?.filename);
    return cluster;
  };
  const load = (() => ({ create })) as unknown as NodeJS.Require;
  return { cluster, given, started: startSocketCluster14(load, start) };
}

test('startSocketCluster14() starts one worker and one broker, and tells who holds the sockets', async () => {
  const { cluster, given, started } = scene();
  expect(given).toEqual([
    expect.objectContaining({ workers: 1, brokers: 1, wsEngine: 'ws', environment: 'prod', ...start }),
    start.packages,
  ]);
  cluster.emit('workerMessage', 0, { port: 8_001, pid: 77 });
  const { port, pid, pids } = await started;
  expect([port, pid]).toEqual([8_001, 77]);
  expect(pids).toContain(process.pid);
});

test('startSocketCluster14() rejects with what the cluster says of its failure', async () => {
  const { cluster, started } = scene();
  cluster.emit('fail', new Error('no broker'));
  await expect(started).rejects.toMatchObject({
    code: 'PROCESS_FAILED',
    message: 'Cannot start "socketcluster" 14: no broker',
  });
});
