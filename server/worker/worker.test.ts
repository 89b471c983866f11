import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { testOptions } from '../testing.ts';
import { SCWorker } from './worker.ts';

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'worker-test-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

/** A worker whose broker, `b0` in its folder, never comes up unless the test starts it, with a controller of the given text. */
async function makeWorker(
  controller: string,
  { id = 0, file = 'app.mjs', folder = '' } = {},
): Promise<SCWorker> {
  folder ||= await makeFolder();
  const workerController = join(folder, file);
  await writeFile(workerController, controller);
  const worker = new SCWorker(
    {
      id,
      options: testOptions({ workerController, port: 0, host: '127.0.0.1' }),
      brokers: { paths: [join(folder, 'b0')], secret: 'secret' },
      maxConnections: 10,
    },
    () => undefined,
  );
  onTestFinished(() => worker.stop(10));
  return worker;
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

async function connect(worker: SCWorker): Promise<WebSocket> {
  const { port } = worker.getHTTPServer().address() as AddressInfo;
  const client = new WebSocket(`ws://127.0.0.1:${port}/socketcluster/`);
  await once(client, 'open');
  return client;
}

test('SCWorker runs its controller, ES module or CommonJS, before it listens', async () => {
  const body = 'worker.wasListening = worker.getHTTPServer().listening;';
  for (const [file, controller] of [
    ['app.mjs', `export async function run(worker) { ${body} }`],
    ['app.cjs', `module.exports.run = (worker) => { ${body} };`],
    ['default.cjs', `module.exports = class { static run(worker) { ${body} } };`],
  ] as const) {
    const worker = await makeWorker(controller, { file });
    await worker.start();
    expect(worker).toMatchObject({ wasListening: false });
    expect(worker.getHTTPServer().listening).toBe(true);
  }
});

test('SCWorker is the leader when it is number 0', async () => {
  expect((await makeWorker('')).isLeader).toBe(true);
  expect(await makeWorker('', { id: 1 })).toMatchObject({ id: 1, isLeader: false });
});

test('SCWorker offers its servers by property and by method', async () => {
  const worker = await makeWorker('');
  expect(worker.scServer).toBe(worker.getSCServer());
  expect(worker.httpServer).toBe(worker.getHTTPServer());
  expect(worker.scServer.exchange).toBe(worker.exchange);
});

test('SCWorker makes sockets of clients and counts them', async () => {
  const worker = await makeWorker('export function run() {}');
  await worker.start();
  const client = await connect(worker);
  const connected = once(worker.getSCServer(), 'connection');
  client.send('{"event":"#handshake","cid":1}');
  await connected;
  expect(worker.counts()).toMatchObject({
    connections: 1,
    accepted: 1,
    messagesIn: 1,
    counters: { refused: 0, tooSlow: 0, pongTimeouts: 0 },
  });
});

test('stop() sends clients away, takes no more and ends calls to brokers', async () => {
  const worker = await makeWorker('export function run() {}');
  await worker.start();
  const client = await connect(worker);
  const closed = once(client, 'close');
  await worker.stop(1_000);
  expect((await closed)[0]).toBe(1001);
  expect(worker.getHTTPServer().listening).toBe(false);
  await expect(worker.exchange.publish('news')).rejects.toMatchObject({ code: 'BROKER_UNREACHABLE' });
});

test('stop() ends a worker that has not started', async () => {
  const worker = await makeWorker('export function run() {}');
  await worker.stop(1_000);
  expect(worker.getHTTPServer().listening).toBe(false);
});

test('start() does not listen before the brokers have told what is revoked', async () => {
  const folder = await makeFolder();
  const broker = await startSilentBroker(join(folder, 'b0'));
  const worker = await makeWorker('export function run() {}', { folder });
  const started = worker.start();
  await vi.waitFor(() => expect(broker.asked).toHaveLength(1));
  expect(worker.getHTTPServer().listening).toBe(false);
  broker.answer();
  await started;
  expect(worker.getHTTPServer().listening).toBe(true);
});

test('start() says what is wrong with a controller', async () => {
  for (const [controller, why] of [
    ['export const run = 1;', 'it exports no function named run'],
    ['throw new Error("planted");', 'planted'],
  ] as const) {
    const worker = await makeWorker(controller);
    await expect(worker.start()).rejects.toMatchObject({
      code: 'CONTROLLER_INVALID',
      message: expect.stringContaining(why),
    });
  }
});

test('start() passes on what the controller throws', async () => {
  const worker = await makeWorker('export function run() { throw new Error("planted"); }');
  await expect(worker.start()).rejects.toThrow('planted');
  expect(worker.getHTTPServer().listening).toBe(false);
});

test('close() takes no more clients and keeps those here, open() takes them again', async () => {
  const worker = await makeWorker('export function run() {}');
  await worker.start();
  const client = await connect(worker);
  worker.close();
  expect(worker.getHTTPServer().listening).toBe(false);
  expect(client.readyState).toBe(WebSocket.OPEN);
  await worker.open();
  await connect(worker);
});

test('SCWorker raises ready when it listens and exit when it begins to end', async () => {
  const worker = await makeWorker(`export function run(worker) {
    worker.heard = [];
    worker.on('ready', () => worker.heard.push('ready ' + worker.httpServer.listening));
    worker.on('exit', () => worker.heard.push('exit ' + worker.httpServer.listening));
  }`);
  await worker.start();
  await worker.stop(10);
  expect(worker).toMatchObject({ heard: ['ready true', 'exit true'] });
});
