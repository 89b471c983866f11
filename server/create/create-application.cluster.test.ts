/** New applications as their makers meet them: the command, `node server.js`, and the page in a real browser. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { templateNames } from './create-application.ts';
import { makeFolder, runApplication } from './testing.ts';

const CHROMIUM = '/usr/bin/chromium';
const ARGUMENTS = ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run'];
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const COMMAND = join(ROOT, 'dist/server/cli.js');
const execute = promisify(execFile);

let browser: Browser;

beforeAll(async () => {
  if (!existsSync(CHROMIUM)) {
    throw new Error(
      `Cannot open a page with "${CHROMIUM}": no such file, wanted Debian's package "chromium"`,
    );
  }
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS });
});

afterAll(async () => {
  await browser?.close();
});

/** Creates an application by the command and gives its folder. */
async function create(...parameters: string[]): Promise<string> {
  const home = await makeFolder();
  await execute(process.execPath, [COMMAND, 'create', 'myApp', ...parameters], { cwd: home });
  return join(home, 'myApp');
}

interface Tab {
  page: Page;
  /** What the browser complained about. */
  complaints: string[];
}

async function open(context: BrowserContext, url: string): Promise<Tab> {
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && !request.url().startsWith('data:')) complaints.push(request.url());
  });
  await page.goto(`${url}/`);
  await page.getByText('connected', { exact: true }).waitFor();
  return { page, complaints };
}

async function newContext(): Promise<BrowserContext> {
  const context = await browser.newContext();
  onTestFinished(() => context.close());
  return context;
}

test.each(templateNames)(
  'create --template %s makes an application that shows pings and a channel live',
  async (template) => {
    const application = await runApplication(await create('--template', template));
    const context = await newContext();
    const first = await open(context, application.url);
    const second = await open(context, application.url);

    for (const count of ['1', '2']) {
      await first.page.getByRole('button', { name: 'Ping' }).click();
      await first.page.locator('#answers', { hasText: count }).waitFor();
    }
    await second.page.locator('#pongs', { hasText: '2' }).waitFor();
    expect(await second.page.locator('#answers').textContent()).toBe('0');

    await second.page.getByLabel('Message', { exact: true }).fill('<i>hello</i>');
    await second.page.getByRole('button', { name: 'Send' }).click();
    for (const { page } of [first, second]) {
      await page.locator('li', { hasText: '<i>hello</i>' }).waitFor();
    }
    expect([...first.complaints, ...second.complaints]).toEqual([]);
    expect(await application.end()).toEqual({ code: 0, children: 3, left: 0 });
  },
);

test('create makes an application whose script is the global socketCluster, by both names of its maker', async () => {
  const application = await runApplication(await create());
  const { page } = await open(await newContext(), application.url);
  const result = await page.evaluate(`(async () => {
    const made = [socketCluster.create({ multiplex: false }), window.socketCluster.connect({ multiplex: false })];
    made[0].emit('sampleClientEvent', { message: 'from the console' });
    const answers = await Promise.all(made.map((socket) => socket.invoke('ping')));
    made.forEach(socketCluster.destroy);
    return answers.map(({ count }) => count);
  })()`);
  expect(result).toEqual([1, 1]);
  expect(application.output()).toContain("sampleClientEvent { message: 'from the console' }");
});

test('create makes an application that lets clients publish chat messages only', async () => {
  const application = await runApplication(await create());
  const { page } = await open(await newContext(), application.url);
  const refused = await page.evaluate(`Promise.all([
    socketCluster.create().publish('pong', 1).catch((error) => error.message),
    socketCluster.create().publish('chat', { from: 'x', text: 'y'.repeat(201) }).catch((error) => error.message),
  ])`);
  expect(refused).toEqual(Array(2).fill('Only chat messages may be published'));
});

test('create makes a page that says when the server is gone and returns with it', async () => {
  const folder = await create();
  const application = await runApplication(folder);
  const { page } = await open(await newContext(), application.url);
  await application.end();
  const ping = page.getByRole('button', { name: 'Ping' });
  await page.locator('#state:not([data-state=connected])').waitFor();
  expect(await ping.isDisabled()).toBe(true);
  await runApplication(folder, application.port);
  await page.getByText('connected', { exact: true }).waitFor();
  expect(await ping.isDisabled()).toBe(false);
});

test('create makes a TypeScript application that compiles as its npm script does', async () => {
  const folder = await create('--template', 'typescript');
  // As npm install leaves them; the test has no need of a registry.
  for (const name of ['typescript', '@types']) {
    await symlink(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name));
  }
  await writeFile(join(folder, 'server.js'), '');
  await execute(process.execPath, ['node_modules/typescript/bin/tsc'], { cwd: folder });
  const application = await runApplication(folder);
  expect(await (await fetch(`${application.url}/`)).text()).toContain('<h1>myApp</h1>');
});

test('create makes a CommonJS application that can require the client too', async () => {
  const folder = await create('--template', 'commonjs');
  const script = "console.log(typeof require('socketcluster/client').create)";
  const { stdout } = await execute(process.execPath, ['-e', script], { cwd: folder });
  expect(stdout).toBe('function\n');
});

test('create tells the next steps, and refuses a second time with exit code 104', async () => {
  const home = await makeFolder();
  const run = (...parameters: string[]) =>
    execute(process.execPath, [COMMAND, 'create', 'myApp', ...parameters], { cwd: home });
  const { stdout } = await run('--no-link');
  expect(stdout).toMatch(/^Created .*myApp\..*\n\n {2}cd myApp\n {2}npm install\n {2}node server\.js\n/);
  await expect(run()).rejects.toMatchObject({ code: 104, stderr: expect.stringContaining('--force') });
  expect((await run('--force')).stdout).not.toContain('npm install');
});
