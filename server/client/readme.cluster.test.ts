/** The examples of the client's README, as they are printed, against a cluster: in Node and in a real browser. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SocketCluster } from '../index.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The worker of every example; it serves the page and the script as applications do. */
const CONTROLLER = `
import { readFile } from 'node:fs/promises';
export function run({ httpServer, scServer }) {
  httpServer.on('req', async ({ url }, response) => {
    const path = url === '/socketcluster.js' ? import.meta.resolve('socketcluster-bench/browser') : './index.html';
    const type = url === '/socketcluster.js' ? 'text/javascript' : 'text/html';
    response.setHeader('content-type', type).end(await readFile(new URL(path, import.meta.url)));
  });
  scServer.on('connection', (socket) => socket.on('add', ({ a, b }, respond) => respond(null, a + b)));
}`;

let folder: string;
let cluster: SocketCluster;
let browser: Browser | undefined;
let examples: { js: string; html: string };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'client-readme-'));
  await mkdir(join(folder, 'node_modules'));
  await symlink(ROOT, join(folder, 'node_modules/socketcluster-bench'));
  const text = await readFile(join(ROOT, 'server/client/README.md'), 'utf8');
  const exampleOf = (language: string): string =>
    String(new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 's').exec(text)?.[1]);
  examples = { js: exampleOf('js'), html: exampleOf('html') };
  await writeFile(join(folder, 'index.html'), `<!doctype html><body>${examples.html}</body>`);
  const workerController = join(folder, 'worker.mjs');
  await writeFile(workerController, CONTROLLER);
  cluster = new SocketCluster({ port: 0, workers: 2, brokers: 1, workerController });
  await cluster.start();
});

afterAll(async () => {
  await browser?.close();
  await cluster?.stop();
  await rm(folder, { recursive: true });
});

test('the example for Node connects without a WebSocket of its own, and ends by itself', async () => {
  const file = join(folder, 'example.mjs');
  await writeFile(file, examples.js.replace('port: 8000', `port: ${cluster.port}`));
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [file]);
  expect([stdout, stderr]).toEqual(['3\nhello\n', '']);
});

test('the example for browsers runs with the script that applications serve', async () => {
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run'],
  });
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`http://127.0.0.1:${cluster.port}/`);
  await page.getByText('sum 3').waitFor();
  expect(complaints).toEqual([]);
});
