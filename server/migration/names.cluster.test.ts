/** Asks the objects of a running cluster for each name, and a client's life for each event. */
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { SocketCluster } from '../index.ts';
import { PATIENCE } from '../testing.ts';
import { objects } from './names.ts';

const CONTROLLER = `
const objects = ${JSON.stringify(objects)};
const seen = {};
const held = {};
const hear = (kind, object) => {
  held[kind] = object;
  for (const event of objects[kind].raises) object.on(event, () => ((seen[kind] ??= {})[event] = true));
};
const use = (socket) => {
  held.session = socket.session;
  socket.setAuthToken({ name: 'bob' });
  socket.deauthenticate();
  socket.exchange.subscribe('mine').publish(1);
};
module.exports.run = (worker) => {
  const { scServer, exchange } = worker;
  hear('worker', worker);
  hear('scServer', scServer);
  hear('exchange', exchange);
  held.global = worker.global;
  scServer.on('handshake', (socket) => hear('socket', socket));
  scServer.on('connection', use);
  const channel = exchange.channel('channel');
  hear('channel', channel);
  channel.on('subscribe', () => channel.unsubscribe());
  channel.subscribe();
  scServer.emitWarning(new Error('mind'));
  scServer.emitError(new Error('help'));
  worker.httpServer.on('req', (request, response) => {
    held['request of \`req\`'] = request;
    response.end();
  });
  worker.on('masterMessage', (question, respond) => {
    const has = (kind) => (name) => name in held[kind];
    const answers = {
      seen: () => seen,
      lost: (kind) => objects[kind].has.filter((name) => !has(kind)(name)),
      found: (kind) => Object.keys(objects[kind].lacks).join(', ').split(', ').filter(has(kind)),
    };
    respond(null, answers[question[0]](question[1]));
  });
};`;

const BROKER = `module.exports.run = (broker) =>
  broker.on('masterMessage', (names, respond) => respond(null, names.filter((name) => name in broker)));`;

/** Events that a test of their own raises. */
const ELSEWHERE: Record<string, readonly string[]> = {
  worker: ['exit'],
  exchange: ['subscribeFail'],
  channel: ['subscribeFail'],
};

let folder: string;
let cluster: SocketCluster;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'names-'));
  const [workerController, brokerController] = [join(folder, 'worker.cjs'), join(folder, 'broker.cjs')];
  await writeFile(workerController, CONTROLLER);
  await writeFile(brokerController, BROKER);
  cluster = new SocketCluster({
    port: 0,
    workerController,
    brokerController,
    sessionTimeout: 1,
    logLevel: 0,
  });
  await cluster.start();
  await fetch(`http://127.0.0.1:${cluster.port}/`);
  const socket = new WebSocket(`ws://127.0.0.1:${cluster.port}/socketcluster/`);
  await once(socket, 'open');
  const subscribed = new Promise<void>((resolve) => {
    socket.on('message', (data: Buffer) => data.includes('"rid":2') && resolve());
  });
  const send = (...packets: unknown[]): void => {
    for (const packet of packets) {
      socket.send(JSON.stringify(packet));
    }
  };
  send(
    { event: '#handshake', data: { authToken: 'bad' }, cid: 1 },
    { event: '#subscribe', data: 'news', cid: 2 },
  );
  await subscribed;
  send({ event: '#unsubscribe', data: 'news', cid: 3 }, { raw: true });
  socket.close(4_321);
  const early = new WebSocket(`ws://127.0.0.1:${cluster.port}/socketcluster/`);
  await once(early, 'open');
  early.close();
});

afterAll(async () => {
  await cluster.stop();
  await rm(folder, { recursive: true });
});

const ofWorkers = Object.keys(objects).filter((kind) => kind !== 'broker');

test.each(ofWorkers)('%s has each name it is said to have', async (kind) => {
  await vi.waitFor(async () => expect(await cluster.sendToWorker(0, ['lost', kind])).toEqual([]), PATIENCE);
});

test.each(ofWorkers)('%s has no name it is said to lack', async (kind) => {
  expect(await cluster.sendToWorker(0, ['found', kind])).toEqual([]);
});

test.each(ofWorkers.filter((kind) => objects[kind]?.raises.length !== 0))(
  '%s raises each event it is said to raise',
  async (kind) => {
    const wanted = objects[kind]!.raises.filter((event) => ELSEWHERE[kind]?.includes(event) !== true);
    await vi.waitFor(async () => {
      const seen = (await cluster.sendToWorker(0, ['seen'])) as Record<string, object>;
      expect(wanted.filter((event) => !Object.hasOwn(seen[kind] ?? {}, event))).toEqual([]);
    }, PATIENCE);
  },
);

test('broker has each name it is said to have, and none it is said to lack', async () => {
  const { has, lacks } = objects['broker']!;
  const lacked = Object.keys(lacks).join(', ').split(', ');
  expect(await cluster.sendToBroker(0, [...has, ...lacked])).toEqual(has);
});
