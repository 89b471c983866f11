/** What clients notice while processes of a real cluster are replaced, crash, or get a signal with their whole group. */
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { Agent as SecureAgent, request as secureRequest } from 'node:https';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { OptionsInput } from '../../options/index.ts';
import { makeCertificate, PATIENCE } from '../../testing.ts';
import { Cluster } from '../cluster.ts';

const WORKER = `exports.run = (worker) => {
  worker.httpServer.on('request', (request, response) => {
    const answer = () => response.end(String(process.pid));
    if (request.url === '/slow') { setTimeout(answer, 100); } else { answer(); }
  });
};`;

async function begin(options: Partial<OptionsInput> = {}): Promise<{ cluster: Cluster; controller: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'rolling-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const controller = join(folder, 'worker.cjs');
  const balancerController = join(folder, 'balancer.cjs');
  await writeFile(controller, WORKER);
  await writeFile(balancerController, 'exports.run = () => {};');
  const cluster = new Cluster({
    port: 0,
    workerController: controller,
    ...(options.balancers === undefined ? {} : { balancerController }),
    processTermTimeout: 10_000,
    ...options,
  });
  onTestFinished(() => cluster.stop());
  await cluster.start();
  return { cluster, controller };
}

/** Sends one request on a connection of its own; gives the process id that answered, or why nobody did. */
function ask({ options, port }: Cluster, path: string): Promise<string> {
  const isSecure = options.protocol === 'https';
  const send = isSecure ? secureRequest : request;
  const agent = isSecure ? new SecureAgent({ rejectUnauthorized: false }) : new Agent();
  return new Promise((resolve) => {
    const sent = send({ agent, port, path, host: '127.0.0.1', headers: { connection: 'close' } });
    sent.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    sent.on('response', (response) => {
      let body = '';
      response.on('data', (text) => {
        body += text;
      });
      response.on('end', () => resolve(response.statusCode === 200 ? body : String(response.statusCode)));
    });
    sent.end();
  });
}

/** Has the next process of a role wait for the word that is returned. */
async function holdNext(controller: string, role: 'worker' | 'balancer'): Promise<() => Promise<void>> {
  const file = join(dirname(controller), `${role}.cjs`);
  const wait = `while (!require('node:fs').existsSync(__filename + '.go')) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
  }`;
  await writeFile(file, `${wait}\n${await readFile(file, 'utf8')}`);
  return () => writeFile(`${file}.go`, '');
}

/** Has three clients ask without a pause while something happens, and gives all they were answered. */
async function answersDuring(cluster: Cluster, happening: () => Promise<unknown>): Promise<Set<string>> {
  const answers = new Set<string>();
  let isOver = false;
  const clients = ['/', '/', '/slow'].map(async (path) => {
    while (!isOver) {
      answers.add(await ask(cluster, path));
    }
  });
  await happening();
  isOver = true;
  await Promise.all(clients);
  return answers;
}

const workerPids = (cluster: Cluster): number[] =>
  cluster
    .state()
    .processes.filter(({ role }) => role === 'worker')
    .map(({ pid }) => pid);

/** The workers that run, once the state has them all. */
const allWorkerPids = (cluster: Cluster): Promise<number[]> =>
  vi.waitFor(() => {
    const pids = workerPids(cluster);
    expect(pids).toHaveLength(cluster.options.workers);
    return pids;
  }, PATIENCE);

const secure = (): Partial<OptionsInput> => ({
  protocol: 'https',
  protocolOptions: makeCertificate('secret'),
});

test.each<[string, () => Partial<OptionsInput>]>([
  ['one worker', () => ({})],
  ['one worker that ends TLS', secure],
  ['two workers', () => ({ workers: 2 })],
  ['one worker behind a balancer', () => ({ balancers: 1 })],
  ['one worker behind a balancer that ends TLS', () => ({ balancers: 1, ...secure() })],
  ['one worker that would not be started again', () => ({ rebootWorkerOnCrash: false })],
])('rollWorkers() is noticed by nobody: %s', async (_, options) => {
  const { cluster } = await begin(options());
  const before = await allWorkerPids(cluster);
  const answers = await answersDuring(cluster, () => cluster.rollWorkers());
  const all = [...before, ...(await allWorkerPids(cluster))].map(String);
  expect(new Set(all).size).toBe(2 * cluster.options.workers);
  expect([...answers].filter((answer) => !all.includes(answer))).toEqual([]);
  expect(answers.size).toBeGreaterThan(1);
  expect(cluster.state().restarts).toEqual([]);
});

test('killWorkers() of the only worker refuses nobody', async () => {
  const { cluster } = await begin();
  const answers = await answersDuring(cluster, () => cluster.killWorkers());
  expect([...answers].filter((answer) => !/^\d{3,}$/.test(answer))).toEqual([]);
});

test('rollWorkers() onto a broken controller rejects and leaves the old worker where it is', async () => {
  const { cluster, controller } = await begin();
  const [pid] = await allWorkerPids(cluster);
  await writeFile(controller, 'throw new Error("planted");');
  const answers = await answersDuring(cluster, () =>
    expect(cluster.rollWorkers()).rejects.toMatchObject({ code: 'CONTROLLER_INVALID' }),
  );
  expect([...answers]).toEqual([String(pid)]);
  await writeFile(controller, WORKER);
  await cluster.rollWorkers();
  expect(await ask(cluster, '/')).not.toBe(String(pid));
});

test.each<['worker' | 'balancer', Partial<OptionsInput>]>([
  ['worker', {}],
  ['balancer', { balancers: 1 }],
])('a crash of the only %s makes new connections wait, not fail', async (role, options) => {
  const { cluster, controller } = await begin(options);
  const goOn = await holdNext(controller, role);
  const pid = await vi.waitFor(() => {
    const found = cluster.state().processes.find((process) => process.role === role);
    expect(found).toBeDefined();
    return Number(found?.pid);
  }, PATIENCE);
  const ended = once(cluster, `${role}Exit`);
  const started = once(cluster, `${role}Start`);
  process.kill(pid, 'SIGKILL');
  await ended;
  const answer = ask(cluster, '/');
  expect(cluster.state().isReady).toBe(false);
  expect((await fetch(`http://127.0.0.1:${cluster.adminPort}/ready`)).status).toBe(503);
  await goOn();
  expect(await answer).toMatch(/^\d{3,}$/);
  await started;
  expect((await fetch(`http://127.0.0.1:${cluster.adminPort}/ready`)).status).toBe(200);
});

test('a cluster without a worker that comes back is not ready, and its port is closed', async () => {
  const { cluster } = await begin({ rebootWorkerOnCrash: false });
  const ended = once(cluster, 'workerExit');
  const [pid] = await allWorkerPids(cluster);
  process.kill(Number(pid), 'SIGKILL');
  await ended;
  expect(await ask(cluster, '/')).toBe('ECONNREFUSED');
  expect((await fetch(`http://127.0.0.1:${cluster.adminPort}/ready`)).status).toBe(503);
});

test('state() has every process as soon as the cluster is ready', async () => {
  const { cluster } = await begin({ workers: 2 });
  // Nobody listens for them, and the refusals come behind all that was sent before, on the same lines.
  const refused = [cluster.sendToWorker(0, ''), cluster.sendToWorker(1, ''), cluster.sendToBroker(0, '')];
  await Promise.allSettled(refused);
  expect(cluster.state().processes).toHaveLength(4);
});

test('a signal to the whole group ends a cluster in its order', async () => {
  for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT'] as const) {
    const { cluster } = await begin();
    const pids = await vi.waitFor(() => {
      const children = cluster.state().processes.filter(({ role }) => role !== 'master');
      expect(children).toHaveLength(2);
      return children.map(({ pid }) => pid);
    }, PATIENCE);
    const ended: unknown[] = [];
    const warned = vi.fn();
    cluster.on('warning', warned);
    for (const role of ['worker', 'broker'] as const) {
      cluster.on(`${role}Exit`, ({ code, expected }) => ended.push([role, expected, code]));
    }
    for (const pid of pids) {
      process.kill(pid, signal);
    }
    await cluster.stop();
    expect(ended).toEqual([
      ['worker', true, 0],
      ['broker', true, 0],
    ]);
    expect(warned).not.toHaveBeenCalled();
  }
});

test('a cluster that was stopped starts no more and replaces nothing, and says so', async () => {
  const { cluster, controller } = await begin();
  const warned = vi.fn();
  cluster.on('warning', warned);
  void cluster.rollWorkers(); // nobody waits for it: its end must not be the master's
  const killed = cluster.killWorkers();
  await cluster.destroy();
  await expect(killed).rejects.toMatchObject({ code: 'RUN_INTERRUPTED' });
  expect(warned).not.toHaveBeenCalled();
  await expect(cluster.start()).rejects.toThrow('Cannot start: the cluster was stopped');
  await expect(cluster.rollWorkers()).rejects.toThrow('Cannot roll the workers: the cluster was stopped');
  await expect(cluster.killBrokers()).rejects.toMatchObject({ code: 'RUN_INTERRUPTED' });
  const early = new Cluster({ port: 0, workerController: controller });
  await expect(early.rollWorkers()).rejects.toThrow('Cannot roll the workers: the cluster is not ready yet');
  await early.stop();
});
