import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { makeFolder } from '../../create/testing.ts';
import { forgetSignals, PATIENCE } from '../../testing.ts';
import { SocketCluster } from './socket-cluster.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

async function makeController(): Promise<string> {
  const path = join(await makeFolder(), 'worker.mjs');
  await writeFile(path, 'export function run() {}');
  return path;
}

test('SocketCluster starts by itself, says where, and stops at a signal', async () => {
  forgetSignals();
  const lines = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const cluster = new SocketCluster({ port: 0, workerController: await makeController() });
  onTestFinished(() => cluster.stop());
  await once(cluster, 'ready');
  await vi.waitFor(
    () => expect(lines).toHaveBeenCalledWith(expect.stringMatching(/^Listening at http/)),
    PATIENCE,
  );
  process.emit('SIGTERM', 'SIGTERM');
  await cluster.stop();
  await expect(fetch(`http://127.0.0.1:${cluster.port}/`)).rejects.toThrow('fetch failed');
});

test('SocketCluster starts once, and says nothing, when somebody starts it', async () => {
  const lines = vi.spyOn(process.stdout, 'write');
  const cluster = new SocketCluster({ port: 0, workerController: await makeController() });
  onTestFinished(() => cluster.stop());
  const starting = cluster.start();
  expect(cluster.start()).toBe(starting);
  await starting;
  expect(lines).not.toHaveBeenCalled();
  await vi.waitFor(() => expect(cluster.state().processes).toHaveLength(3), PATIENCE);
});

test('SocketCluster stays down when it is stopped before its turn', async () => {
  const cluster = new SocketCluster({ port: 0, workerController: 'none.js' });
  await cluster.stop();
  await new Promise((resolve) => setImmediate(resolve));
  expect(cluster.state().phase).toBe('draining');
  expect(cluster.port).toBe(0);
});

test('SocketCluster sets the exit code and says why when it cannot start', async () => {
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const taken = createServer().listen(0);
  await once(taken, 'listening');
  onTestFinished(() => void taken.close());
  const { port } = taken.address() as AddressInfo;
  new SocketCluster({ port, workerController: await makeController() });
  await vi.waitFor(() => expect(process.exitCode).toBe(104), PATIENCE);
  process.exitCode = undefined;
  expect(said).toHaveBeenCalledWith(expect.stringContaining(`${port}`));
});

test('SocketCluster has the constants, run and log of version 14', async () => {
  class Mine extends SocketCluster {
    ran = 0;
    override run(): void {
      this.ran += 1;
    }
  }
  const cluster = new Mine({ port: 0, workerController: await makeController() });
  onTestFinished(() => cluster.stop());
  const started = vi.fn();
  const told = vi.fn();
  cluster.on(cluster.EVENT_WORKER_START, started);
  cluster.on(cluster.EVENT_INFO, told);
  await cluster.start();
  cluster.log('hello');
  expect([cluster.ran, started.mock.calls.length]).toEqual([1, 1]);
  expect(told).toHaveBeenCalledExactlyOnceWith('hello', expect.objectContaining({ role: 'master' }));
  expect(SocketCluster.name).toBe('SocketCluster');
});
