import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { PATIENCE, testOptions } from '../testing.ts';
import { settled } from './testing.ts';
import { WorkerHost } from './worker-host.ts';

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'worker-test-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

/** A worker whose broker, `b0` in its folder, never comes up unless the test starts it, with a controller of the given text. */
async function makeHost(
  controller: string,
  { id = 0, file = 'app.mjs', folder = '' } = {},
): Promise<WorkerHost> {
  folder ||= await makeFolder();
  const workerController = join(folder, file);
  await writeFile(workerController, controller);
  const host = new WorkerHost(
    {
      id,
      options: testOptions({ workerController, port: 0, host: '127.0.0.1' }),
      brokers: { paths: [join(folder, 'b0')], secret: 'secret' },
      maxConnections: 10,
      isDealt: true,
    },
    () => undefined,
  );
  onTestFinished(() => host.stop(10));
  return host;
}

/** A frame of a link without channel and payload, as broker/link/frame.ts says. */
function frameOf(type: number, id: number): Buffer {
  const frame = Buffer.alloc(11);
  frame.writeUInt32BE(7, 0);
  frame.writeUInt8(type, 4);
  frame.writeUInt32BE(id, 5);
  return frame;
}

/** A broker that welcomes its worker and answers no request until it is told to. */
async function startSilentBroker(path: string): Promise<{ asked: number[]; answer(): void }> {
  const asked: number[] = [];
  let link: Socket | undefined;
  const server = createServer((socket) => {
    link = socket;
    socket.once('data', () => {
      socket.write(frameOf(6, 0));
      socket.on('data', (chunk: Buffer) => asked.push(chunk.readUInt32BE(5)));
    });
  });
  server.listen(path);
  await once(server, 'listening');
  onTestFinished(() => {
    link?.destroy();
    server.close();
  });
  return {
    asked,
    answer: () => {
      const response = Buffer.concat([frameOf(9, asked[0]!), Buffer.from('{}')]);
      response.writeUInt32BE(9, 0);
      link?.write(response);
    },
  };
}

async function connect({ worker }: WorkerHost): Promise<WebSocket> {
  const { port } = worker.httpServer.address() as AddressInfo;
  const client = new WebSocket(`ws://127.0.0.1:${port}/socketcluster/`);
  await once(client, 'open');
  return client;
}

test('SCWorker runs its controller, ES module or CommonJS, before it listens', async () => {
  const body = 'worker.wasListening = worker.httpServer.listening;';
  for (const [file, controller] of [
    ['app.mjs', `export async function run(worker) { ${body} }`],
    ['app.cjs', `module.exports.run = (worker) => { ${body} };`],
    ['default.cjs', `module.exports = class { static run(worker) { ${body} } };`],
  ] as const) {
    const host = await makeHost(controller, { file });
    await host.start();
    expect(host.worker).toMatchObject({ wasListening: false });
    expect(host.worker.httpServer.listening).toBe(true);
  }
});

test('SCWorker is the leader when it is number 0', async () => {
  expect((await makeHost('')).worker.isLeader).toBe(true);
  expect((await makeHost('', { id: 1 })).worker).toMatchObject({ id: 1, isLeader: false });
});

test('SCWorker offers its servers by property and by method', async () => {
  const host = await makeHost('export function run() {}');
  await host.start();
  const { worker } = host;
  expect(worker.scServer).toBe(worker.getSCServer());
  expect(worker.httpServer).toBe(worker.getHTTPServer());
  expect(worker.scServer.exchange).toBe(worker.exchange);
});

test('SCWorker makes sockets of clients and counts them', async () => {
  const host = await makeHost('export function run() {}');
  await host.start();
  const client = await connect(host);
  const connected = once(host.worker.getSCServer(), 'connection');
  client.send('{"event":"#handshake","cid":1}');
  await connected;
  expect(host.figures()).toMatchObject({
    connections: 1,
    accepted: 1,
    messagesIn: 1,
    counters: { refused: 0, tooSlow: 0, pongTimeouts: 0 },
  });
});

test('stop() sends clients away, takes no more and ends calls to brokers', async () => {
  const host = await makeHost('export function run() {}');
  await host.start();
  const client = await connect(host);
  const closed = once(client, 'close');
  await host.stop(1_000);
  expect((await closed)[0]).toBe(1001);
  expect(host.worker.httpServer.listening).toBe(false);
  await expect(host.worker.exchange.publish('news')).rejects.toMatchObject({ code: 'BROKER_UNREACHABLE' });
});

test('stop() ends a worker that has not started', async () => {
  const host = await makeHost('export function run() {}');
  await host.stop(1_000);
  expect(() => host.worker.httpServer).toThrow('Cannot use the HTTP server yet');
});

test('start() does not listen before the brokers have told what is revoked', async () => {
  const folder = await makeFolder();
  const broker = await startSilentBroker(join(folder, 'b0'));
  const host = await makeHost(`export function run(worker) { worker.emit('ran'); }`, { folder });
  const ran = once(host.worker, 'ran');
  const started = host.start();
  await ran;
  await vi.waitFor(() => expect(broker.asked).toHaveLength(1), PATIENCE);
  await settled();
  expect(host.worker.httpServer.listening).toBe(false);
  broker.answer();
  await started;
  expect(host.worker.httpServer.listening).toBe(true);
});

test('start() says what is wrong with a controller', async () => {
  for (const [controller, why] of [
    ['export const run = 1;', 'it exports no function named run'],
    ['throw new Error("planted");', 'planted'],
  ] as const) {
    const host = await makeHost(controller);
    await expect(host.start()).rejects.toMatchObject({
      code: 'CONTROLLER_INVALID',
      message: expect.stringContaining(why),
    });
  }
});

test('start() passes on what the controller throws', async () => {
  const host = await makeHost('export function run() { throw new Error("planted"); }');
  await expect(host.start()).rejects.toThrow('planted');
  expect(host.worker.httpServer.listening).toBe(false);
});

test('close() takes no more clients and keeps those here, open() takes them again', async () => {
  const host = await makeHost('export function run() {}');
  await host.start();
  const client = await connect(host);
  host.worker.close();
  expect(host.worker.httpServer.listening).toBe(false);
  expect(client.readyState).toBe(WebSocket.OPEN);
  await host.worker.open();
  await connect(host);
});

test('SCWorker raises ready when it listens and exit when it begins to end', async () => {
  const host = await makeHost(`export function run(worker) {
    worker.heard = [];
    worker.on('ready', () => worker.heard.push('ready ' + worker.httpServer.listening));
    worker.on('exit', () => worker.heard.push('exit ' + worker.httpServer.listening));
  }`);
  await host.start();
  await host.stop(10);
  expect(host.worker).toMatchObject({ heard: ['ready true', 'exit true'] });
});

test('WorkerHost runs a class whose methods have the names of its own', async () => {
  const mine = ['stop', 'start', 'hear', 'follow', 'counts', 'adopt', 'survive', 'figures', 'open', 'close'];
  const host = await makeHost(`
    import { classControllers } from '${pathToFileURL(import.meta.filename.replace(/worker.worker-host.test.ts$/, 'process/controller/index.ts')).href}';
    class Worker extends classControllers.worker.base {
      run() { this.hasRun = true; }
      ${mine.map((name) => `${name}() { throw new Error('called ${name}'); }`).join('\n')}
    }
    new Worker();
  `);
  await host.start();
  expect(host.worker).toMatchObject({ hasRun: true });
  host.hear({ type: 'rule', rule: { most: 5, areAllFull: false } });
  expect(host.worker.httpServer.maxConnections).toBe(5);
  expect(host.figures()).toMatchObject({ connections: 0 });
  await host.stop(10);
});

test('WorkerHost listens with the HTTP server that a class makes, and calls super.run()', async () => {
  const host = await makeHost(`
    import { createServer } from 'node:http';
    import { classControllers } from '${pathToFileURL(import.meta.filename.replace(/worker.worker-host.test.ts$/, 'process/controller/index.ts')).href}';
    class Worker extends classControllers.worker.base {
      createHTTPServer() { this.made = createServer({ keepAliveTimeout: 1234 }); return this.made; }
      run() { this.given = super.run(); }
    }
    new Worker();
  `);
  await host.start();
  expect(host.worker.httpServer).toBe((host.worker as unknown as { made: unknown }).made);
  expect(host.worker.httpServer.keepAliveTimeout).toBe(1_234);
  expect(host.worker).toMatchObject({ given: undefined });
});
