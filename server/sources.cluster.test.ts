/**
 * The examples SocketCluster has been introduced with, run by `node server.js` and met by the published client
 * of version 14. They stand here as they were printed, without their comments; only the port is made a free one.
 */
import { copyFile, mkdir, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test, vi } from 'vitest';
import { makeFolder, type Running, runApplication } from './create/testing.ts';
import { WORKER_OF_0_9 } from './examples/testing.ts';
import { PATIENCE } from './testing.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

const SERVER_OF_0_9 = `
var SocketCluster = require('socketcluster').SocketCluster;
var socketCluster = new SocketCluster({
  port: 8000,
  balancers: 1,
  workers: 3,
  stores: 3,
  appName: 'myapp',
  workerController: 'worker.js',
  rebootWorkerOnCrash: false // Optional, makes debugging easier - Defaults to true (should be true in production),
});`;

const EXPRESS_WORKER_OF_0_9 = `
module.exports.run = function (worker) {
var httpServer = worker.getHTTPServer();
var scServer = worker.getSCServer();
var app = require('express')();
app.get('/hello', function (req, res) { res.json({ session: req.session.id, worker: worker.id }); });
httpServer.on('req', app);
};`;

const SERVER_OF_14 = `
var SocketCluster = require('socketcluster');
var socketCluster = new SocketCluster({
  workers: 1, // Number of worker processes
  brokers: 1, // Number of broker processes
  port: 8000, // The port number on which your server should listen
  appName: 'myapp', // A unique name for your app
  wsEngine: 'ws',
  workerController: __dirname + '/worker.js',
  brokerController: __dirname + '/broker.js',
  rebootWorkerOnCrash: true
});`;

/** The two pieces of server code, inside what a worker of version 14 begins with. */
const WORKER_OF_14 = `
var express = require('express');
var serveStatic = require('serve-static');
module.exports.run = function (worker) {
var httpServer = worker.httpServer;
var scServer = worker.scServer;
var app = express();
app.use(serveStatic(__dirname + '/public'));

httpServer.on('req', app);
var count = 0;

scServer.on('connection', function (socket) {
  // ...

  socket.on('ping', function (data) {
    count++;
    console.log('PING', data);
    scServer.exchange.publish('pong', count);
  });
});
};`;

const BROKER_OF_14 = `module.exports.run = function (broker) { console.log('broker ' + broker.id + ' runs'); };`;

/** Controllers as the application that version 14 creates has them: classes, each made once by its own file. */
const CLASS_WORKER_OF_14 = `
var SCWorker = require('socketcluster/scworker');
class Worker extends SCWorker {
  run() {
    this.httpServer.on('request', async (req, res) => {
      const pong = await this.exchange.publish('ping', 'x').then(() => 'PING');
      res.end(JSON.stringify({ leader: this.isLeader, path: this.getSocketPath(), pong }));
    });
    this.scServer.on('connection', (socket) => socket.emit('greet', 'hello from ' + this.id));
  }
}
new Worker();`;

const CLASS_BROKER_OF_14 = `
var SCBroker = require('socketcluster/scbroker');
class Broker extends SCBroker {
  run() { console.log('broker ' + this.id + ' is a ' + this.constructor.name); }
}
new Broker();`;

/** The part of client 14 that is used here. */
interface Client {
  on(event: string, listener: (data: unknown) => void): void;
  emit(event: string, data: unknown): void;
  subscribe(channel: string): {
    watch(listener: (data: unknown) => void): void;
    publish(data: unknown): void;
    on(event: string, listener: () => void): void;
  };
  publish(channel: string, data: unknown): void;
  destroy(): void;
}

const require = createRequire(import.meta.url);
const { create } = require('socketcluster-client-v14') as { create(options: object): Client };

/** Runs files as an application that has this package, express and the client script in its node_modules. */
async function runFiles(files: Record<string, string>): Promise<Running> {
  const folder = await makeFolder();
  for (const name of ['express', 'serve-static']) {
    await mkdir(join(folder, 'node_modules'), { recursive: true });
    await symlink(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name));
  }
  await symlink(ROOT, join(folder, 'node_modules/socketcluster'));
  await mkdir(join(folder, 'node_modules/socketcluster-client'));
  const script = join(ROOT, 'dist/browser/socketcluster.js');
  await copyFile(script, join(folder, 'node_modules/socketcluster-client/socketcluster.js'));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text.replace('port: 8000', 'port: 0'));
  }
  return runApplication(folder);
}

/** Resolves when the application has written this: its lines take a way of their own, through two pipes. */
function written(application: Running, text: string | RegExp): Promise<void> {
  return vi.waitFor(() => expect(application.output()).toMatch(text), PATIENCE);
}

/** Connects and keeps what the client hears under one name. */
function connect({ port }: Running, event: string): { client: Client; heard: unknown[] } {
  const client = create({ hostname: '127.0.0.1', port, multiplex: false });
  onTestFinished(() => client.destroy());
  const heard: unknown[] = [];
  client.on('error', () => undefined);
  client.on(event, (data) => heard.push(data));
  return { client, heard };
}

test('the example of version 0.9 runs as printed: seven processes, page, client script and greetings', async () => {
  const files = { 'server.js': SERVER_OF_0_9, 'worker.js': WORKER_OF_0_9, 'index.html': '<p>page</p>' };
  const application = await runFiles(files);
  await vi.waitFor(async () => {
    const { processes } = await application.state();
    const count = (wanted: string): number => processes.filter(({ role }) => role === wanted).length;
    expect(['balancer', 'worker', 'broker'].map(count)).toEqual([1, 3, 3]);
  }, PATIENCE);

  const greeted = connect(application, 'greet');
  const { heard } = connect(application, 'rand');
  await vi.waitFor(() => expect(greeted.heard).toEqual(['hello world']), PATIENCE);
  await vi.waitFor(() => expect(heard[0]).toEqual(expect.any(Number)), PATIENCE);
  expect(await (await fetch(application.url)).text()).toBe('<p>page</p>');
  expect(await (await fetch(`${application.url}/socketcluster.js`)).text()).toMatch(/^var socketCluster=/);
  greeted.client.destroy();
  await written(application, /Socket \S+ was disconnected/);
  expect(await application.end()).toEqual({ code: 0, children: 7, left: 0 });
});

test("httpServer.on('req', app) lets express 5 answer, as printed for version 0.9", async () => {
  const application = await runFiles({ 'server.js': SERVER_OF_0_9, 'worker.js': EXPRESS_WORKER_OF_0_9 });
  const answer = await fetch(`${application.url}/hello`);
  expect(await answer.json()).toEqual({ session: expect.stringMatching(/_\d$/), worker: expect.any(Number) });
  expect((await fetch(`${application.url}/nothing`)).status).toBe(404);
});

test('the example of version 14 runs as printed: static files, ping, and pong by channel', async () => {
  const files = { 'server.js': SERVER_OF_14, 'worker.js': WORKER_OF_14, 'broker.js': BROKER_OF_14 };
  const application = await runFiles({ ...files, 'public/index.html': '<p>public</p>' });
  await written(application, 'broker 0 runs');
  expect(await (await fetch(`${application.url}/`)).text()).toBe('<p>public</p>');

  const { client } = connect(application, 'none');
  const heard: unknown[] = [];
  const channel = client.subscribe('pong');
  channel.watch((data) => heard.push(data));
  await new Promise<void>((resolve) => channel.on('subscribe', resolve));
  client.emit('ping', 'This is a PING message');
  await vi.waitFor(() => expect(heard).toEqual([1]), PATIENCE);
  client.publish('pong', 'This PONG event comes from a client');
  await vi.waitFor(() => expect(heard).toHaveLength(2), PATIENCE);
  channel.publish('and this');
  await vi.waitFor(() => expect(heard.at(-1)).toBe('and this'), PATIENCE);
  await written(application, 'PING This is a PING message');
  expect(await application.end()).toEqual({ code: 0, children: 2, left: 0 });
});

test('require() gives the class, which is a property of itself, and the other exports beside it', async () => {
  const script = `
const cluster = require('socketcluster');
import('socketcluster').then(({ ClusterError, SocketCluster, default: Default }) => {
  console.log(cluster === SocketCluster, cluster.SocketCluster === cluster, cluster.ClusterError === ClusterError);
  console.log('default', Default === SocketCluster);
});
for (const name of ['scworker', 'scbroker']) {
  import('socketcluster/' + name).then((module) => console.log(name, module.default === require('socketcluster/' + name)));
}`;
  const application = await runFiles({
    'server.js': `${SERVER_OF_14}${script}`,
    'worker.js': 'exports.run = () => {};',
    'broker.js': BROKER_OF_14,
  });
  for (const line of ['true true true', 'default true', 'scworker true', 'scbroker true']) {
    await written(application, line);
  }
  expect(application.output()).not.toContain('Warning');
});

test('a cluster of version 14 runs whose worker and broker are classes that extend those of the package', async () => {
  const application = await runFiles({
    'server.js': SERVER_OF_14,
    'worker.js': CLASS_WORKER_OF_14,
    'broker.js': CLASS_BROKER_OF_14,
  });
  await written(application, 'broker 0 is a Broker');
  const answer = await fetch(`${application.url}/`);
  expect(await answer.json()).toEqual({ leader: true, path: '/socketcluster/', pong: 'PING' });
  const { client, heard } = connect(application, 'greet');
  await vi.waitFor(() => expect(heard).toEqual(['hello from 0']), PATIENCE);
  client.destroy();
  expect(await application.end()).toMatchObject({ code: 0, left: 0 });
});
