/** What the application and the operator get of real processes: messages, one log, replacement, another user. */
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { OptionsInput } from '../../options/index.ts';
import { PATIENCE } from '../../testing.ts';
import { Cluster } from '../cluster.ts';

const WORKER = `
exports.run = (worker) => {
  worker.on('masterMessage', (data, respond) => {
    if (data === 'die') process.kill(process.pid, 'SIGKILL');
    if (data === 'refuse') respond(Object.assign(new RangeError('no such room'), { code: 'E_ROOM' }));
    if (data === 'echo') respond(null, { id: worker.id, user: process.getuid(), groups: process.getgroups() });
    if (data === 'close') { worker.close(); respond(); }
    if (data === 'open') worker.open().then(() => respond(), respond);
    if (data === 'warn') { worker.emitWarning(new Error('odd')); worker.scServer.emit('error', new Error('bad')); respond(); }
    if (data === 'throw') { respond(); setTimeout(() => { throw new Error('planted'); }); }
    if (data === 'grow') { globalThis.held = Buffer.alloc(120e6, 1); respond(); }
    if (data && data.ask) worker.sendToMaster(data.ask).then((answer) => respond(null, answer), respond);
  });
  worker.httpServer.on('request', (request, response) => response.end('worker ' + worker.id));
};`;

const BROKER = `
exports.run = (broker) => {
  broker.on('masterMessage', async (data, respond) => {
    respond(null, { id: broker.id, answer: await broker.sendToMaster(data) });
  });
};`;

async function begin(options: Partial<OptionsInput> = {}): Promise<Cluster> {
  const folder = await mkdtemp(join(tmpdir(), 'processes-'));
  await chmod(folder, 0o755);
  onTestFinished(() => rm(folder, { recursive: true }));
  const [workerController, brokerController] = [join(folder, 'worker.cjs'), join(folder, 'broker.cjs')];
  await writeFile(workerController, WORKER);
  await writeFile(brokerController, BROKER);
  const cluster = new Cluster({
    port: 0,
    workers: 2,
    workerController,
    brokerController,
    processTermTimeout: 10_000,
    ...options,
  });
  onTestFinished(() => cluster.stop());
  await cluster.start();
  return cluster;
}

/** The next two starts, or exits, of workers. */
async function nextTwo(cluster: Cluster, event: 'workerStart' | 'workerExit'): Promise<unknown[]> {
  const heard: unknown[] = [];
  cluster.on(event, (process) => heard.push(process));
  await vi.waitFor(() => expect(heard).toHaveLength(2), PATIENCE);
  return heard;
}

test('messages go from the master to a worker and a broker and back, each answered by the one it was sent to', async () => {
  const cluster = await begin({ brokers: 2 });
  cluster.on('workerMessage', (id, data, respond) => respond(null, `${id} asked ${String(data)}`));
  cluster.on('brokerMessage', (id, data, respond) => respond(null, `${id} sent ${String(data)}`));
  await expect(cluster.sendToWorker(1, 'echo')).resolves.toMatchObject({ id: 1 });
  await expect(cluster.sendToWorker(0, { ask: 'this' })).resolves.toBe('0 asked this');
  await expect(cluster.sendToBroker(1, 'that')).resolves.toEqual({ id: 1, answer: '1 sent that' });
  await expect(cluster.sendToWorker(0, 'refuse')).rejects.toMatchObject({
    name: 'RangeError',
    message: 'no such room',
    code: 'E_ROOM',
  });
  const [error, answer] = await new Promise<unknown[]>((resolve) => {
    void cluster.sendToWorker(0, 'echo', (...given) => resolve(given));
  });
  expect([error, answer]).toMatchObject([null, { id: 0 }]);
});

test('a message whose process ends, and the next one, are given up at once; the successor is sent its own', async () => {
  const cluster = await begin();
  const restarted = once(cluster, 'workerStart');
  await expect(cluster.sendToWorker(1, 'die')).rejects.toMatchObject({
    code: 'MESSAGE_UNANSWERED',
    message: 'Cannot send a message to worker 1: it has ended',
  });
  await expect(cluster.sendToWorker(1, 'echo')).rejects.toThrow('it is not running');
  expect(await restarted).toMatchObject([{ id: 1, respawn: true }]);
  await expect(cluster.sendToWorker(1, 'echo')).resolves.toMatchObject({ id: 1 });
});

test('a message that nobody answers is given up after ipcAckTimeout', async () => {
  const cluster = await begin({ ipcAckTimeout: 50 });
  await expect(cluster.sendToWorker(0, 'nothing')).rejects.toThrow('no answer came within 50 ms');
});

test('a message that nobody listens for is refused at once', async () => {
  const cluster = await begin();
  await expect(cluster.sendToWorker(0, { ask: 'x' })).rejects.toThrow('nobody in the master listens for it');
});

test("warnings and errors of a worker reach the master's listeners with role, number and pid", async () => {
  const cluster = await begin();
  const heard: unknown[] = [];
  cluster.on('warning', (warning, origin) => heard.push(['warning', warning.message, origin]));
  cluster.on('error', (error, origin) => heard.push(['error', error.stack?.split('\n')[0], origin]));
  await cluster.sendToWorker(1, 'warn');
  const pid = expect.any(Number) as number;
  const told = [
    ['warning', 'odd', { role: 'worker', id: 1, pid }],
    ['error', 'Error: bad', { role: 'worker', id: 1, pid, isFatal: false }],
  ];
  await vi.waitFor(() => expect(heard).toEqual(told), PATIENCE);
  // No `once` of node:events: the error would end it.
  const restarted = new Promise((resolve) => cluster.once('workerStart', resolve));
  await cluster.sendToWorker(1, 'throw');
  const last = ['error', 'Error: planted', { role: 'worker', id: 1, pid, isFatal: true }];
  await vi.waitFor(() => expect(heard.slice(told.length)).toContainEqual(last), PATIENCE);
  await restarted;
});

test('crashWorkerOnError: false keeps a worker alive through an error that nobody caught, and logs it', async () => {
  const cluster = await begin({ crashWorkerOnError: false });
  const failed = new Promise((resolve) => cluster.once('error', (error, origin) => resolve([error, origin])));
  await cluster.sendToWorker(0, 'throw');
  expect(await failed).toMatchObject([{ message: 'planted' }, { id: 0, isFatal: false }]);
  await expect(cluster.sendToWorker(0, 'echo')).resolves.toMatchObject({ id: 0 });
  expect(cluster.state().restarts).toEqual([]);
});

test('killWorkers() sends clients away and replaces all workers, killBrokers() all brokers', async () => {
  const cluster = await begin();
  const socket = new WebSocket(`ws://127.0.0.1:${cluster.port}/socketcluster/`);
  await once(socket, 'open');
  const closed = once(socket, 'close');
  const exits = nextTwo(cluster, 'workerExit');
  await cluster.killWorkers();
  expect((await closed)[0]).toBe(1001);
  expect(await exits).toMatchObject([
    { expected: true, code: 0 },
    { expected: true, code: 0 },
  ]);
  expect(await (await fetch(`http://127.0.0.1:${cluster.port}/`)).text()).toMatch(/^worker [01]$/);

  const killed = nextTwo(cluster, 'workerExit');
  await cluster.killWorkers({ immediate: true });
  expect(await killed).toMatchObject([{ expected: true }, { expected: true }]);

  const broker = once(cluster, 'brokerExit');
  await cluster.killBrokers();
  expect(await broker).toMatchObject([{ id: 0, expected: true }]);
  expect(cluster.state().restarts).toEqual([]);
});

test('killBrokers() makes workers warn of the broker that is away', async () => {
  const cluster = await begin();
  const warned = new Promise((resolve) => cluster.once('warning', (...details) => resolve(details)));
  await cluster.killBrokers({ immediate: true });
  expect(await warned).toMatchObject([
    { code: 'BROKER_UNREACHABLE', message: expect.stringContaining('Cannot reach the broker') },
    { role: 'worker' },
  ]);
});

test('killWorkerMemoryThreshold replaces a worker that has grown above it, and says the figures', async () => {
  const cluster = await begin({ killWorkerMemoryThreshold: 150_000_000, workerStatusInterval: 100 });
  const warned = new Promise((resolve) => cluster.once('warning', (...details) => resolve(details)));
  const restarted = once(cluster, 'workerStart');
  await cluster.sendToWorker(1, 'grow');
  expect(await warned).toMatchObject([
    {
      message: expect.stringMatching(
        /^Cannot keep worker 1: it holds \d{9} bytes, wanted are at most 150000000$/,
      ),
    },
    { role: 'worker', id: 1 },
  ]);
  expect(await restarted).toMatchObject([{ id: 1, respawn: true }]);
});

test('close() in a worker leaves its new clients to the others until open()', async () => {
  const cluster = await begin();
  const answers = async (): Promise<Set<string>> => {
    const seen = new Set<string>();
    for (let count = 0; count < 8; count += 1) {
      const headers = { connection: 'close' };
      seen.add(await (await fetch(`http://127.0.0.1:${cluster.port}/`, { headers })).text());
    }
    return seen;
  };
  await cluster.sendToWorker(0, 'close');
  expect(await answers()).toEqual(new Set(['worker 1']));
  await cluster.sendToWorker(0, 'open');
  expect(await answers()).toEqual(new Set(['worker 0', 'worker 1']));
});

test('start() tells listeners of fail what it rejects with, and of options that have no effect', async () => {
  const cluster = new Cluster({
    port: 0,
    workerController: '/nowhere/app.js',
    transports: ['polling', 'websocket'],
  } as OptionsInput);
  const [failed, warned] = [vi.fn(), vi.fn()];
  cluster.on('fail', failed);
  cluster.on('warning', warned);
  await expect(cluster.start()).rejects.toMatchObject({ code: 'CONTROLLER_INVALID' });
  expect(failed).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ code: 'CONTROLLER_INVALID' }));
  expect(warned).toHaveBeenCalledExactlyOnceWith(
    new Error('Option "transports" has no effect: only WebSocket is spoken'),
    { role: 'master', id: 0, pid: process.pid },
  );
});

test('destroy() stops the cluster and calls back', async () => {
  const cluster = await begin();
  const called = vi.fn();
  await cluster.destroy(called);
  expect(called).toHaveBeenCalledOnce();
  await expect(cluster.sendToWorker(0, 'echo')).rejects.toThrow('it is not running');
});

test.runIf(process.getuid?.() === 0)(
  'downgradeToUser: all processes but the master are of that user and of his group alone, and clients connect',
  async () => {
    const cluster = await begin({ downgradeToUser: 'nobody' });
    const uid = Number(/^nobody:[^:]*:(\d+):/m.exec(await readFile('/etc/passwd', 'utf8'))?.[1]);
    expect(await cluster.sendToWorker(0, 'echo')).toMatchObject({ user: uid, groups: [expect.any(Number)] });
    await vi.waitFor(() => expect(cluster.state().processes).toHaveLength(4), PATIENCE);
    for (const { pid, role } of cluster.state().processes) {
      const status = await readFile(`/proc/${pid}/status`, 'utf8');
      expect(Number(/^Uid:\t(\d+)/m.exec(status)?.[1])).toBe(role === 'master' ? 0 : uid);
    }
    expect(await (await fetch(`http://127.0.0.1:${cluster.port}/`)).text()).toMatch(/^worker [01]$/);
  },
);
