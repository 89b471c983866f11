import { EventEmitter } from 'node:events';
import { expect, test, vi } from 'vitest';
import { ClusterError } from '../../errors/index.ts';
import { forgetSignals, testOptions } from '../../testing.ts';
import type { Cluster } from '../cluster.ts';
import { explainFailure, serve } from './serve.ts';

const log = vi.hoisted(() => ({ error: vi.fn(), info: vi.fn(), warn: vi.fn() }));
vi.mock('../../observe/log/index.ts', () => ({ createLog: () => log }));

/** A cluster that notes what is asked of it. */
class FakeCluster extends EventEmitter {
  readonly asked: string[] = [];
  readonly options;
  readonly port = 8000;
  readonly adminPort = 9000;
  failure: Error | undefined;

  constructor(options: Parameters<typeof testOptions>[0]) {
    super();
    this.options = testOptions({ logLevel: 0, ...options });
  }

  async start(): Promise<void> {
    this.asked.push('start');
    if (this.failure !== undefined) throw this.failure;
  }

  async stop(): Promise<void> {
    this.asked.push('stop');
  }

  async drain(): Promise<void> {
    this.asked.push('drain');
  }

  async rollWorkers(): Promise<void> {
    this.asked.push('roll');
    if (this.failure !== undefined) throw this.failure;
  }
}

async function lineOf(options: Parameters<typeof testOptions>[0]): Promise<string> {
  forgetSignals();
  let line = '';
  await serve(new FakeCluster(options) as unknown as Cluster, { write: (text) => (line += text) });
  return line;
}

test('serve() says where a cluster listens and how many processes it has', async () => {
  expect(await lineOf({ workers: 1, brokers: 2 })).toBe(
    'Listening at http://localhost:8000/ with 1 worker and 2 brokers; state at http://127.0.0.1:9000/state\n',
  );
  expect(await lineOf({ host: '::1', balancers: 1 })).toMatch(
    /^Listening at http:\/\/\[::1\]:8000\/ with 1 worker, 1 broker, and 1 balancer;/,
  );
  expect(await lineOf({ adminHost: '::1' })).toMatch(/; state at http:\/\/\[::1\]:9000\/state\n$/);
});

test.each([
  ['SIGTERM', 'drain'],
  ['SIGINT', 'stop'],
] as const)('serve() at a first %s has the cluster %s', async (signal, does) => {
  forgetSignals();
  const cluster = new FakeCluster({});
  await serve(cluster as unknown as Cluster, { write: () => undefined });
  process.emit(signal, signal);
  expect(cluster.asked).toEqual(['start', does]);
});

test('serve() rolls the workers at each SIGUSR2', async () => {
  forgetSignals();
  const cluster = new FakeCluster({});
  await serve(cluster as unknown as Cluster, { write: () => undefined });
  process.emit('SIGUSR2', 'SIGUSR2');
  process.emit('SIGUSR2', 'SIGUSR2');
  expect(cluster.asked).toEqual(['start', 'roll', 'roll']);
});

test('serve() leaves signals alone when the cluster could not start', async () => {
  const cluster = new FakeCluster({});
  cluster.failure = new ClusterError('no', { code: 'PORT_IN_USE' });
  const count = (): number[] => ['SIGINT', 'SIGTERM', 'SIGUSR2'].map((name) => process.listenerCount(name));
  const before = count();
  await expect(serve(cluster as unknown as Cluster)).rejects.toBe(cluster.failure);
  expect(count()).toEqual(before);
});

test('explainFailure() writes a sentence for errors of the catalogue and the place for all others', () => {
  const written: string[] = [];
  const output = { write: (text: string) => written.push(text) };
  expect(explainFailure(new ClusterError('Cannot listen', { code: 'PORT_IN_USE' }), output)).toBe(104);
  expect(explainFailure(new TypeError('oh'), output)).toBe(1);
  expect(written[0]).toBe('Cannot listen\n');
  expect(written[1]).toMatch(/^TypeError: oh\n {4}at /);
});

test('serve() leaves SIGUSR2 to the application when it is told to', async () => {
  forgetSignals();
  const before = process.listenerCount('SIGUSR2');
  await lineOf({ rebootOnSignal: false });
  expect(process.listenerCount('SIGUSR2')).toBe(before);
});

test('serve() logs that a roll has failed, and not that the end came between', async () => {
  forgetSignals();
  const cluster = new FakeCluster({ logLevel: 1 });
  await serve(cluster as unknown as Cluster, { write: () => undefined });
  for (const code of ['RUN_INTERRUPTED', 'PROCESS_FAILED'] as const) {
    cluster.failure = new ClusterError(code, { code });
    process.emit('SIGUSR2', 'SIGUSR2');
  }
  await vi.waitFor(() => expect(log.error).toHaveBeenCalled());
  expect(log.error).toHaveBeenCalledExactlyOnceWith(
    { err: cluster.failure },
    'a new worker did not get ready',
  );
});
