/** The published `socketcluster-client`, versions 14 and 20, at servers attached in one process; and whole programs. */
import { execFile } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { makeFolder } from '../create/testing.ts';
import { attach } from '../index.ts';
import { makeCertificate } from '../testing.ts';
import type { AttachedServer, AttachOptions } from './index.ts';
import { closeAtEnd, startHttpServer } from './testing.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const execute = promisify(execFile);

/** The part of client 14 that is used here. */
interface Client14 {
  on(event: string, listener: (...details: unknown[]) => void): void;
  emit(event: string, data: unknown, answered: (error: unknown, data: unknown) => void): void;
  subscribe(channel: string): {
    watch(listener: (data: unknown) => void): void;
    on(event: string, listener: () => void): void;
  };
  publish(channel: string, data: unknown): void;
  getAuthToken(): unknown;
  destroy(): void;
}

interface Stream {
  once(withinMs?: number): Promise<unknown>;
}

/** The part of client 20 that is used here. */
interface Client20 {
  listener(event: string): Stream;
  invoke(event: string, data?: unknown): Promise<unknown>;
  invokePublish(channel: string, data: unknown): Promise<void>;
  subscribe(channel: string): Stream & { listener(event: string): Stream };
  authToken: unknown;
  disconnect(): void;
}

const require = createRequire(import.meta.url);
const v14 = require('socketcluster-client-v14') as { create(options: object): Client14 };
const v20 = require('socketcluster-client-v20') as { create(options: object): Client20 };

/** Starts an attached server with a small application. */
async function start(
  httpServer: ReturnType<typeof createServer>,
  options?: AttachOptions,
): Promise<AttachedServer> {
  const scServer = closeAtEnd(attach(await startHttpServer(httpServer), options));
  scServer.on('connection', (socket) => {
    socket.on('double', (data, respond) => respond(null, Number(data) * 2));
    socket.on('login', (name, respond) => {
      void socket.setAuthToken({ name });
      respond();
    });
  });
  return scServer;
}

interface Setting {
  port: number;
  isSecure: boolean;
}

async function connect14({ port, isSecure }: Setting): Promise<Client14> {
  const client = v14.create({
    hostname: '127.0.0.1',
    port,
    secure: isSecure,
    rejectUnauthorized: false,
    multiplex: false,
  });
  onTestFinished(() => client.destroy());
  client.on('error', () => undefined);
  await new Promise<void>((resolve) => client.on('connect', () => resolve()));
  return client;
}

async function connect20({ port, isSecure }: Setting): Promise<Client20> {
  const wsOptions = { rejectUnauthorized: false };
  const client = v20.create({ hostname: '127.0.0.1', port, secure: isSecure, wsOptions });
  onTestFinished(() => client.disconnect());
  await client.listener('connect').once(5_000);
  return client;
}

const call14 = (client: Client14, event: string, data?: unknown): Promise<unknown> =>
  new Promise((resolve, reject) =>
    client.emit(event, data, (error, result) => (error ? reject(error as Error) : resolve(result))),
  );

test.each(['http', 'https'])('attach() serves clients 14 and 20 over %s', async (protocol) => {
  const isSecure = protocol === 'https';
  const httpServer = isSecure ? createSecureServer(makeCertificate('secret')) : createServer();
  const scServer = await start(httpServer);
  const setting = { port: scServer.port, isSecure };
  const old = await connect14(setting);
  const young = await connect20(setting);
  expect([await call14(old, 'double', 4), await young.invoke('double', 5)]).toEqual([8, 10]);

  const news14 = old.subscribe('news');
  await new Promise<void>((resolve) => news14.on('subscribe', resolve));
  const heard14 = new Promise((resolve) => news14.watch(resolve));
  const news20 = young.subscribe('news');
  await news20.listener('subscribe').once(5_000);
  const heard20 = news20.once(5_000);
  await young.invokePublish('news', { headline: 'hello' });
  expect([await heard14, await heard20]).toEqual([{ headline: 'hello' }, { headline: 'hello' }]);

  await call14(old, 'login', 'bob');
  await young.invoke('login', 'alice');
  expect([old.getAuthToken(), young.authToken]).toMatchObject([{ name: 'bob' }, { name: 'alice' }]);
  const gone = Promise.all([
    new Promise((resolve) => old.on('disconnect', resolve)),
    young.listener('disconnect').once(5_000),
  ]);
  await scServer.close();
  expect(await gone).toMatchObject([1001, { code: 1001 }]);
});

/** Runs a program that has this package, express and client 14 in its node_modules, and gives what it wrote. */
async function run(text: string): Promise<string> {
  const folder = await makeFolder();
  await mkdir(join(folder, 'node_modules'));
  const packages = {
    socketcluster: ROOT,
    express: 'express',
    'socketcluster-client': 'socketcluster-client-v14',
  };
  for (const [name, from] of Object.entries(packages)) {
    await symlink(
      join(ROOT, from === ROOT ? '' : `node_modules/${from}`),
      join(folder, 'node_modules', name),
    );
  }
  await writeFile(join(folder, 'program.cjs'), text);
  const { stdout, stderr } = await execute(process.execPath, ['program.cjs'], {
    cwd: folder,
    timeout: 20_000,
  });
  return stdout + stderr;
}

test('attach() works beside express, by require, and its process ends by itself after close()', async () => {
  const output = await run(`
    const { attach } = require('socketcluster');
    const { create } = require('socketcluster-client');
    const app = require('express')();
    app.get('/', (request, response) => response.send('page'));
    const httpServer = require('http').createServer(app);
    const scServer = attach(httpServer, { path: '/rt/' });
    scServer.addMiddleware(scServer.MIDDLEWARE_PUBLISH_IN, (request, next) => {
      request.ackData = 'stored';
      next();
    });
    scServer.on('connection', (socket) => socket.on('ping', (data, respond) => respond(null, 'pong ' + data)));
    httpServer.listen(0, async () => {
      const page = await (await fetch('http://127.0.0.1:' + scServer.port + '/')).text();
      const client = create({ hostname: '127.0.0.1', port: scServer.port, path: '/rt/', autoReconnect: false });
      client.emit('ping', 1, (error, answer) => {
        client.publish('c', 1, (failure, stored) => {
          console.log(page, answer, stored);
          scServer.close(() => {
            console.log('closed');
            httpServer.close();
            httpServer.closeAllConnections();
          });
        });
      });
    });`);
  expect(output).toBe('page pong 1 stored\nclosed\n');
});

test('listen() starts no process, and its own ends by itself after close()', async () => {
  const output = await run(`
    const { readFileSync } = require('fs');
    const { listen } = require('socketcluster');
    const { create } = require('socketcluster-client');
    const scServer = listen(0, { host: '127.0.0.1' }, () => {
      const client = create({ hostname: '127.0.0.1', port: scServer.port, autoReconnect: false });
      client.on('connect', async () => {
        const children = readFileSync('/proc/self/task/' + process.pid + '/children', 'utf8');
        console.log('children:', children.trim(), 'clients:', scServer.clientsCount);
        await scServer.close();
        console.log('closed');
      });
    });`);
  expect(output).toBe('children:  clients: 1\nclosed\n');
});

test('drain() at SIGTERM sends clients away, and the process ends by itself', async () => {
  const output = await run(`
    const { listen } = require('socketcluster');
    const { create } = require('socketcluster-client');
    const scServer = listen(0, { host: '127.0.0.1', drainWindow: 300 }, () => {
      const client = create({ hostname: '127.0.0.1', port: scServer.port, autoReconnect: false });
      client.on('connect', () => process.kill(process.pid, 'SIGTERM'));
      client.on('disconnect', (code) => console.log('sent away with', code));
    });
    process.once('SIGTERM', () => scServer.drain(() => console.log('drained')));`);
  expect(output).toBe('sent away with 1001\ndrained\n');
});
