/** The page as its readers have it: in a browser, told of a run second by second. */
import { existsSync } from 'node:fs';
import { get } from 'node:http';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { healthyRun } from '../testing.ts';
import { type Broadcast, startBroadcast } from './broadcast.ts';

const CHROMIUM = '/usr/bin/chromium';
const ARGUMENTS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'];

const FACT = { timeout: 30_000, interval: 50 };

const run = healthyRun();
let browser: Browser;
let broadcast: Broadcast;

beforeAll(async () => {
  if (!existsSync(CHROMIUM)) {
    throw new Error(
      `Cannot open a page with "${CHROMIUM}": no such file, wanted Debian's package "chromium"`,
    );
  }
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS });
});
afterAll(() => browser?.close());
beforeEach(async () => {
  broadcast = await startBroadcast(0);
});
afterEach(() => broadcast.close());

/** Looks at the run after one more second, each time it is asked. */
function growing(): () => typeof run {
  let seconds = 9;
  return () => {
    seconds += 1;
    return { ...run, final: null, timeline: run.timeline.slice(0, seconds) };
  };
}

/** Asks as somebody who calls this host by another name. */
function ask(path: string, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(new URL(path, broadcast.url), { headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).on('error', reject);
  });
}

test('startBroadcast() serves a page that follows a run to its end and keeps the report', async () => {
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(broadcast.url);
  await page.getByText('The run begins').waitFor();

  broadcast.begin(growing());
  broadcast.show();
  await page.getByText('00:10 of 00:35').waitFor();
  await page.evaluate("document.querySelector('#chart-users').dataset.mine = 'kept'");
  // A look is made again when it is long enough since the last one.
  const later = async (): Promise<string | null> => {
    broadcast.show();
    return page.locator('.facts').textContent();
  };
  await expect.poll(later, FACT).toMatch(/^00:(1[1-9]|[2-4]\d) of 00:35/);
  expect(await page.locator('canvas').count()).toBeGreaterThan(15);
  expect(await page.locator('#chart-users').getAttribute('data-mine')).toBe('kept');

  broadcast.finish(run);
  await page.locator('.verdict .word', { hasText: 'PASS' }).waitFor();
  await broadcast.close();
  const opened = page.context().waitForEvent('page');
  await page.getByText('Open the finished report').click();
  const report = await opened;
  await report.waitForLoadState();
  expect(await report.title()).toBe('synthetic: PASS');
  expect(await report.locator('canvas').count()).toBeGreaterThan(15);
  expect(complaints).toEqual([]);
  await page.context().close();
});

test('startBroadcast() tells a reader that the run ended without a word', async () => {
  const page = await browser.newPage();
  await page.goto(broadcast.url);
  broadcast.begin(growing());
  broadcast.show();
  await page.getByText('00:10 of 00:35').waitFor();
  await broadcast.close();
  await page.getByText('The run ended without a word').waitFor();
  await page.context().close();
});

test('startBroadcast() tells the end to a reader who got the page just before it', async () => {
  broadcast.begin(growing());
  await (await fetch(broadcast.url)).text();
  broadcast.finish(run);
  const closed = broadcast.close();
  const events = await (await fetch(new URL('/events', broadcast.url))).text();
  await closed;
  expect(events).toMatch(/^event: done\ndata: \{/);
});

test('startBroadcast() looks at the run only while somebody watches', () => {
  broadcast.begin(() => expect.fail('nobody watches'));
  broadcast.show();
});

test('startBroadcast() answers to the names of this host, and with its one page', async () => {
  expect(await ask('/', 'localhost:80')).toBe(200);
  expect(await ask('/', '127.0.0.1')).toBe(200);
  expect(await ask('/', 'evil.example')).toBe(421);
  expect(await ask('/etc/passwd', 'localhost')).toBe(404);
});

test('startBroadcast() refuses a port that is taken', async () => {
  const port = Number(new URL(broadcast.url).port);
  await expect(startBroadcast(port)).rejects.toMatchObject({
    code: 'PORT_IN_USE',
    message: expect.stringContaining(`port ${port}`),
  });
});
