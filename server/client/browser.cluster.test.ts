/** The compiled SDK in a real browser, against a real cluster. */
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SocketCluster } from '../index.ts';

const CHROMIUM = '/usr/bin/chromium';
const ARGUMENTS = ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run'];
const DIST = new URL('../../dist/', import.meta.url);

const CONTROLLER = `
export function run(worker) {
  worker.getSCServer().on('connection', (socket) => {
    socket.on('add', ({ a, b }, respond) => respond(null, a + b));
    socket.on('login', (data, respond) => { socket.setAuthToken({ username: data }); respond(); });
    socket.on('leave', (code) => socket.disconnect(code, 'bye'));
  });
}`;

let folder: string;
let cluster: SocketCluster;
let files: Server;
let browser: Browser;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  if (!existsSync(CHROMIUM)) {
    throw new Error(`Cannot run the SDK in "${CHROMIUM}": no such file, wanted Debian's package "chromium"`);
  }
  folder = await mkdtemp(join(tmpdir(), 'browser-client-'));
  const workerController = join(folder, 'worker.mjs');
  await writeFile(workerController, CONTROLLER);
  cluster = new SocketCluster({ port: 0, workers: 2, brokers: 2, workerController });
  await cluster.start();
  files = createServer(
    (request, response) =>
      void serve(String(request.url)).then((file) => {
        response.setHeader('content-type', file.type).end(file.content);
      }),
  );
  files.listen(0, '127.0.0.1');
  await once(files, 'listening');
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS });
  page = await browser.newPage();
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`http://127.0.0.1:${(files.address() as AddressInfo).port}/`);
});

afterAll(async () => {
  await browser?.close();
  files?.close();
  await cluster?.stop();
  await rm(folder, { recursive: true });
});

/** An empty page, and the modules that the build left. */
async function serve(path: string): Promise<{ type: string; content: string }> {
  if (!/^\/server\/[a-z/-]+\.js$/.test(path)) {
    return { type: 'text/html', content: '<!doctype html><title>empty</title>' };
  }
  return { type: 'text/javascript', content: await readFile(new URL(`.${path}`, DIST), 'utf8') };
}

/** Runs text in the page, where `client` is one that is connected. What runs there is text: its globals are not ours. */
function inPage(work: string): Promise<unknown> {
  return page.evaluate(`(async () => {
    const { create } = await import('/server/client/index.js');
    const client = create({ hostname: '127.0.0.1', port: ${cluster.port}, multiplex: false });
    const status = await new Promise((resolve) => client.once('connect', resolve));
    try { ${work} } finally { client.destroy(); }
  })()`);
}

test('the SDK calls, publishes and subscribes in a browser', async () => {
  const heard = await inPage(`
    const sum = await client.invoke('add', { a: 2, b: 3 });
    const stream = client.subscribe('room').stream();
    await new Promise((resolve) => client.channel('room').once('subscribe', resolve));
    await client.publish('room', 'ü€😀');
    return [sum, (await stream.next()).value];
  `);
  expect(heard).toEqual([5, 'ü€😀']);
  expect(complaints).toEqual([]);
});

test('the SDK keeps its token in localStorage for the next visit', async () => {
  await inPage(`await client.invoke('login', 'bob');`);
  await page.reload();
  expect(await inPage(`return [status.isAuthenticated, client.authToken.username];`)).toEqual([true, 'bob']);
  await inPage(`await client.deauthenticate();`);
  expect(await page.evaluate('localStorage.length')).toBe(0);
});

test('the SDK closes, and hears a close, with code and reason in a browser', async () => {
  const gone = await inPage(`
    const closed = new Promise((resolve) => client.once('disconnect', (...details) => resolve(details)));
    client.emit('leave', 4501);
    return await closed;
  `);
  expect(gone).toEqual([4501, 'bye']);
  expect(await inPage(`client.disconnect(4321, 'reason'); return client.state;`)).toBe('closed');
  expect(complaints).toEqual([]);
});
