import cluster from 'node:cluster';
import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import { afterEach, expect, test, vi } from 'vitest';
import { forkWorker, prepareForks } from './fork.ts';

/** What Node's cluster makes of a fork, without a process. */
class FakeWorker extends EventEmitter {
  readonly sent: unknown[] = [];
  readonly process = Object.assign(new EventEmitter(), {
    pid: 7 as number | undefined,
    connected: true,
    stdout: new PassThrough(),
    stderr: new PassThrough(),
    kill: vi.fn(),
    send: (
      message: object,
      _handle: undefined,
      _options: undefined,
      sent: (error: null) => void,
    ): boolean => {
      this.sent.push(message);
      sent(null);
      return true;
    },
  });
}

function plantFork(): FakeWorker {
  const worker = new FakeWorker();
  vi.spyOn(cluster, 'fork').mockReturnValue(worker as never);
  return worker;
}

afterEach(() => vi.restoreAllMocks());

test('forkWorker() keeps messages back until the worker says that it listens, and their order', () => {
  const worker = plantFork();
  const child = forkWorker();
  child.send({ type: 'start' });
  child.send({ type: 'stop' });
  expect(worker.sent).toEqual([]);
  worker.process.emit('message', { type: 'hello' });
  child.send({ type: 'later' });
  expect(worker.sent).toEqual([{ type: 'start' }, { type: 'stop' }, { type: 'later' }]);
});

test('forkWorker() leaves an error of a worker that is just ending to its exit', async () => {
  const worker = plantFork();
  const child = forkWorker();
  const exited = new Promise((resolve) => child.onExit(resolve));
  expect(() =>
    worker.emit('error', Object.assign(new Error('write EPIPE'), { code: 'EPIPE' })),
  ).not.toThrow();
  worker.process.emit('exit', null, 'SIGKILL');
  worker.process.emit('close');
  expect(await exited).toMatchObject({ code: null, signal: 'SIGKILL' });
});

test('forkWorker() says so when the system refuses', () => {
  plantFork().process.pid = undefined;
  expect(forkWorker).toThrow('Cannot fork a process: the system refused');
});

test('prepareForks() deals connections out in turn, or shares the handle; one process alone accepts by itself', () => {
  const setup = vi.spyOn(cluster, 'setupPrimary').mockImplementation(() => undefined);
  const policyOf = (...wanted: Parameters<typeof prepareForks>): number => {
    prepareForks(...wanted);
    return cluster.schedulingPolicy;
  };
  expect(policyOf('none', 3)).toBe(cluster.SCHED_NONE);
  expect(policyOf('rr', 2)).toBe(cluster.SCHED_RR);
  expect(policyOf('rr', 1)).toBe(cluster.SCHED_NONE);
  expect(setup).toHaveBeenCalledWith(
    expect.objectContaining({ exec: expect.stringMatching(/dist\/server\/worker\/main\.js$/), silent: true }),
  );
});

test('forkWorker() starts one process with more flags, and the next one without them', () => {
  const setup = vi.spyOn(cluster, 'setupPrimary').mockImplementation(() => undefined);
  plantFork();
  forkWorker({ extra: { nodeOptions: ['--cpu-prof'], environment: { WHERE: 'here' } } });
  expect(setup.mock.lastCall?.[0]?.execArgv).toContain('--cpu-prof');
  expect(cluster.fork).toHaveBeenLastCalledWith({ WHERE: 'here' });
  forkWorker();
  expect(setup.mock.lastCall?.[0]?.execArgv).not.toContain('--cpu-prof');
  expect(cluster.fork).toHaveBeenLastCalledWith(undefined);
});
