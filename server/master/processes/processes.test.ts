import { EventEmitter } from 'node:events';
import { expect, test, vi } from 'vitest';
import { FakeChild, settle } from '../../process/testing.ts';
import { testOptions } from '../../testing.ts';
import type { ClusterEvents, Role } from '../roles/index.ts';
import { Processes } from './processes.ts';

interface Scene {
  cluster: EventEmitter<ClusterEvents>;
  processes: Processes;
  /** Every child so far, the present one last. */
  children: FakeChild[];
}

/** A cluster with one process, which is ready. */
async function begin(options: Parameters<typeof testOptions>[0] = {}, role: Role = 'worker'): Promise<Scene> {
  const cluster = new EventEmitter<ClusterEvents>();
  const processes = new Processes(cluster, testOptions(options));
  const children: FakeChild[] = [];
  processes.supervise(role, 0, {
    restart: false,
    start: () => {
      const child = new FakeChild(100 + children.length);
      children.push(child);
      return child;
    },
    startMessage: () => ({ type: 'start', options: {} }),
  });
  await settle();
  children[0]?.say({ type: 'ready', details: {} });
  await settle();
  return { cluster, processes, children };
}

test('Processes.takesClients wants a worker and, where there are to be balancers, one of these', async () => {
  const { processes, children } = await begin();
  expect(processes.takesClients).toBe(true);
  children[0]?.exit({ code: 1 });
  await settle();
  expect(processes.takesClients).toBe(false);
  expect((await begin({ balancers: 1 })).processes.takesClients).toBe(false);
  expect((await begin({ balancers: 1 }, 'balancer')).processes.takesClients).toBe(false);
});

test('Processes.send() carries data to a process that runs, and the answer back', async () => {
  const { processes, children } = await begin();
  const answer = processes.send('worker', 0, { a: 1 });
  const asked = children[0]?.received.at(-1);
  expect(asked).toMatchObject({ type: 'ask', data: { a: 1 } });
  children[0]?.say({ type: 'answer', call: asked?.['call'], data: 'yes' });
  await expect(answer).resolves.toBe('yes');
});

test('Processes.send() loses nothing in silence: not for a process that is not there, has ended or ends', async () => {
  const { processes, children } = await begin();
  const callback = vi.fn();
  await expect(processes.send('worker', 7, 0, callback)).rejects.toMatchObject({
    code: 'MESSAGE_UNANSWERED',
    message: 'Cannot send a message to worker 7: there is no such process',
  });
  expect(callback).toHaveBeenCalledOnce();
  const waiting = processes.send('worker', 0, 0);
  children[0]?.exit({ signal: 'SIGKILL' });
  await expect(waiting).rejects.toThrow('Cannot send a message to worker 0: it has ended');
  await expect(processes.send('worker', 0, 0)).rejects.toThrow('it is not running');
});

test('Processes hands what a process sends to the listeners of its role, and their answer back', async () => {
  for (const role of ['worker', 'broker'] as const) {
    const { cluster, children } = await begin({}, role);
    cluster.on(`${role}Message`, (id, data, respond) => respond(null, [id, data]));
    children[0]?.say({ type: 'ask', call: 3, data: 'x' });
    expect(children[0]?.received.at(-1)).toEqual({ type: 'answer', call: 3, data: [0, 'x'] });
  }
});

test('Processes tells whose a warning or an error is, and needs no listener for an error', async () => {
  const { cluster, children } = await begin({}, 'broker');
  const problem = (severity: string) => ({
    type: 'problem',
    severity,
    error: { name: 'Error', message: severity },
  });
  children[0]?.say(problem('error'));
  const [warned, failed] = [vi.fn(), vi.fn()];
  cluster.on('warning', warned);
  cluster.on('error', failed);
  children[0]?.say(problem('warning'));
  children[0]?.say(problem('error'));
  const origin = { role: 'broker', id: 0, pid: 100 };
  expect(warned).toHaveBeenCalledExactlyOnceWith(new Error('warning'), origin);
  expect(failed).toHaveBeenCalledExactlyOnceWith(new Error('error'), { ...origin, isFatal: false });
});

test('Processes tells of the error that ended a process, unless errors are not to be propagated', async () => {
  for (const propagateErrors of [true, false]) {
    const { cluster, children, processes } = await begin({ propagateErrors });
    const [failed, exited] = [vi.fn(), vi.fn()];
    cluster.on('error', failed);
    cluster.on('workerExit', exited);
    children[0]?.say({ type: 'failed', message: 'planted', stack: 'Error: planted\n  at here' });
    children[0]?.exit({ code: 1 });
    await settle();
    expect(exited).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ id: 0, expected: false, lastWords: 'Error: planted\n  at here' }),
    );
    expect(processes.book.restarts).toHaveLength(1);
    const told = [
      expect.objectContaining({ message: 'planted', stack: 'Error: planted\n  at here' }),
      expect.objectContaining({ isFatal: true }),
    ];
    expect(failed.mock.calls).toEqual(propagateErrors ? [told] : []);
  }
});

test('Processes tells watchers of starts, ends and what is said, and keeps snapshots', async () => {
  const cluster = new EventEmitter<ClusterEvents>();
  const processes = new Processes(cluster, testOptions());
  const child = new FakeChild(9);
  const watcher = { started: vi.fn(), ended: vi.fn(), heard: vi.fn() };
  const how = { restart: false, start: () => child, startMessage: () => ({ type: 'start' }) };
  processes.supervise('worker', 3, how, watcher);
  await settle();
  const snapshot = { type: 'snapshot', snapshot: { role: 'worker', id: 3 } };
  child.say({ type: 'ready' });
  await settle();
  child.say(snapshot);
  expect(processes.book.snapshots).toMatchObject([{ role: 'worker', id: 3 }]);
  child.exit({ code: 0 });
  await settle();
  expect(watcher.started).toHaveBeenCalledExactlyOnceWith(3, 9);
  expect(watcher.heard).toHaveBeenCalledExactlyOnceWith(3, snapshot);
  expect(watcher.ended).toHaveBeenCalledExactlyOnceWith(3, 9);
});

test('Processes leaves figures of a process that was replaced aside, and hears its messages to the end', async () => {
  const cluster = new EventEmitter<ClusterEvents>();
  const processes = new Processes(cluster, testOptions());
  const children: FakeChild[] = [];
  const supervised = processes.supervise('worker', 0, {
    restart: true,
    overlap: true,
    start: () => {
      const child = new FakeChild(100 + children.length);
      children.push(child);
      return child;
    },
    startMessage: () => ({ type: 'start' }),
  });
  const becomeReady = async (): Promise<void> => {
    await settle();
    children.at(-1)?.say({ type: 'ready' });
    await settle();
  };
  const figures = (pid: number) => ({ type: 'snapshot', snapshot: { role: 'worker', id: 0, pid } });
  await becomeReady();
  const early = processes.send('worker', 0, 'early');
  const restarted = supervised.restart(500);
  await becomeReady();
  children[1]?.say(figures(101));
  children[0]?.say(figures(100));
  expect(processes.book.snapshots).toMatchObject([{ pid: 101 }]);
  const call = children[0]?.received.find(({ type }) => type === 'ask')?.['call'];
  children[0]?.say({ type: 'answer', call, data: 'of the old one' });
  await expect(early).resolves.toBe('of the old one');
  children[0]?.exit({ code: 0 });
  await restarted;
  expect([processes.running('worker'), processes.book.snapshots.length]).toEqual([1, 1]);
});
