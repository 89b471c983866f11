import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { FACT } from '../../drivers/testing.ts';
import { countEnded } from '../../gate/bench/machine/index.ts';
import { Clients, type ClientsOptions } from '../load/index.ts';
import { packagesFile } from '../packages.ts';
import { fromPackage } from './from-package.ts';
import { type Running, type Subject, subjects } from './index.ts';

/** As much of the library as the adapter touches: no test needs the network. */
const LIBRARY = `exports.attach = (httpServer, { authKey }) => ({
  clients: { one: { authToken: authKey === 'secret' ? {} : null } },
  listener: async function* () {},
});`;

test('fromPackage() starts a server from its packages, asks it and ends it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'peers-foreign-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const library = join(folder, 'node_modules', 'socketcluster-server');
  await mkdir(library, { recursive: true });
  await writeFile(join(library, 'index.js'), LIBRARY);
  const subject = fromPackage('socketcluster-20', {
    setup: 'a stand-in',
    path: '/socketcluster/',
    packages: join(folder, 'package.json'),
  });
  const running = await subject.start('secret');
  expect(await running.ask('collect')).toEqual({ sockets: 1, authenticated: 1 });
  expect(running.pids).toEqual([running.pid]);
  await running.stop();
  expect(() => process.kill(running.pid, 0)).toThrow('ESRCH');
});

/** The servers of others, where somebody has installed them: no test does. */
const isInstalled = existsSync(join(dirname(packagesFile), 'node_modules'));
const foreign = subjects.filter(({ name }) => !name.startsWith('ours'));

/** Starts one of them and has clients use it. What it ran is over when it is stopped. */
async function use(
  subject: Subject,
  options: Pick<ClientsOptions, 'count' | 'talk'>,
  act: (clients: Clients, running: Running) => Promise<void>,
): Promise<void> {
  const running = await subject.start('secret');
  const { port, path, dialect, pid, pids } = running;
  expect(pids).toContain(pid);
  const clients = await Clients.create({ ...options, perSecond: 1_000, port, path, dialect });
  try {
    await act(clients, running);
  } finally {
    await clients.close();
    await running.stop();
  }
  await vi.waitFor(() => expect(countEnded(pids)).toBe(pids.length), FACT);
}

test.runIf(isInstalled).each(foreign)('fromPackage() has $name answer pings', async (subject) => {
  await use(subject, { count: 3 }, async (clients, running) => {
    await running.ask('echo');
    await clients.connect();
    expect(await clients.ping(30, 1_000)).toBe(30);
    expect(await running.ask('count')).toEqual({ sockets: 3, authenticated: 0 });
  });
});

test.runIf(isInstalled).each(foreign)('fromPackage() has $name deliver publications', async (subject) => {
  const talk = { kind: 'publications', payloadBytes: 10 } as const;
  await use(subject, { count: 3, talk }, async (clients, running) => {
    const heard: number[] = [];
    clients.onCame = (client) => heard.push(client);
    await running.ask('channels');
    await clients.connect();
    await clients.subscribe(2);
    clients.publish(2, 0);
    clients.publish(2, 1);
    await clients.until(() => clients.came === 4, 'served');
    expect(heard.sort()).toEqual([0, 0, 1, 1]);
  });
});
