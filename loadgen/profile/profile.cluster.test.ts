import { existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { entry } from '../../server/process/index.ts';
import type { RunListeners } from '../coordinator/index.ts';
import type { Scenario } from '../plan/index.ts';
import { readRun } from '../results/index.ts';
import { type ProfileWish, profiling } from './profile.ts';

const CHROMIUM = '/usr/bin/chromium';
/** A run, a bundler that makes the page, and a browser, where others may want the processors too. */
const PATIENCE_MS = 180_000;
const folder = mkdtempSync(join(tmpdir(), 'profile-test-'));
const listeners: RunListeners = { begin: ignore, second: ignore, trouble: (text) => expect.fail(text) };
let browser: Browser;

beforeAll(async () => {
  if (!existsSync(CHROMIUM)) {
    throw new Error(
      `Cannot open a page with "${CHROMIUM}": no such file, wanted Debian's package "chromium"`,
    );
  }
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--headless', '--no-sandbox'] });
});

afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true });
});

function ignore(): void {}

/** A run of some seconds. */
function run(wish: ProfileWish, changes: Partial<Scenario> = {}) {
  const scenario: Scenario = {
    name: 'profiled',
    question: 'What does a process do?',
    users: 20,
    ramp: 40,
    settle: 0,
    duration: 1,
    answerWithin: 1,
    behaviour: { kind: 'ping-pong', payload: {}, every: 0.1 },
    target: { workers: 1, brokers: 1, balancers: 1, controller: './controllers/ping-pong.js' },
    rules: [],
    ...changes,
  };
  const out = join(folder, `${wish.tool}-${wish.role}-${wish.id}`);
  const request = { scenario: { scenario, folder: entry('scenarios') }, overrides: {}, out, command: 'test' };
  return { out, outcome: profiling(wish)(request, listeners, new AbortController().signal) };
}

/** Opens a page without a network; tells how many shapes of a chart it has, and what went wrong. */
async function look(path: string, chart: string): Promise<{ shapes: number; complaints: string[] }> {
  const context = await browser.newContext();
  await context.setOffline(true);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('request', (request) => {
    if (!/^(file|data|blob):/.test(request.url())) complaints.push(request.url());
  });
  await page.goto(pathToFileURL(path).href);
  const visible = page.locator(chart).filter({ visible: true });
  await visible.first().waitFor({ timeout: PATIENCE_MS });
  const shapes = await visible.count();
  await context.close();
  return { shapes, complaints };
}

test.each([
  [{ tool: 'doctor', role: 'worker', id: 0 }, '#graph svg path'],
  [{ tool: 'flame', role: 'worker', id: 0 }, 'canvas.d3-flame-graph'],
  [{ tool: 'heapprofiler', role: 'broker', id: 0 }, 'canvas.d3-flame-graph'],
  [{ tool: 'bubbleprof', role: 'balancer', id: 0 }, 'circle.inner-circle'],
] as const)(
  'profiling() makes a page with a chart of %j, and the report leads to it',
  async (wish, chart) => {
    const { files, run: made } = await run(wish).outcome;
    const page = files.at(-1) ?? '';
    const { shapes, complaints } = await look(page, chart);
    expect(shapes).toBeGreaterThan(0);
    expect(complaints).toEqual([]);
    const file = `profile-${wish.role}-0-${wish.tool}.html`;
    expect(page).toBe(join(dirname(files[0] ?? ''), file));
    expect(made.summary.profile).toEqual({ ...wish, file });
    expect(made.summary.verdict.validity).not.toBe('valid');
    expect(await readFile(join(dirname(page), 'report.html'), 'utf8')).toContain(`<a href="${file}">`);
  },
  PATIENCE_MS,
);

test('profiling() takes the profile of Node of the master, and the record tells of it', async () => {
  const { out, outcome } = run({ tool: 'cpu', role: 'master', id: 0 });
  const { files } = await outcome;
  const profile = JSON.parse(await readFile(files.at(-1) ?? '', 'utf8')) as { nodes: unknown[] };
  expect(JSON.stringify(profile.nodes)).toContain('/server/master/');
  const { summary } = await readRun(join(out, 'run.jsonl'));
  expect(summary.profile?.file).toBe('profile-master-0-cpu.cpuprofile');
});

test('profiling() says so when nothing came of it, and keeps the run without a link', async () => {
  const { out, outcome } = run(
    { tool: 'cpu', role: 'worker', id: 1 },
    {
      target: {
        workers: 2,
        brokers: 1,
        controller: './controllers/ping-pong.js',
        // Killed and not replaced: nobody is left who could write a profile.
        options: { rebootWorkerOnCrash: false },
      },
      faults: [{ at: 0, do: 'kill', role: 'worker', id: 1 }],
      reconnects: { initial: 0.1, randomness: 0.1, multiplier: 1, most: 0.1 },
    },
  );
  const record = join(out, 'run.jsonl');
  await expect(outcome).rejects.toMatchObject({
    code: 'PROCESS_FAILED',
    message: `Cannot make a profile of worker 1 with "cpu": the process left nothing behind, as one that was killed; the run is in ${record}`,
  });
  expect((await readRun(record)).header.profile).toEqual({ tool: 'cpu', role: 'worker', id: 1 });
  expect(await readFile(join(out, 'report.html'), 'utf8')).toContain(
    'worker 1 under cpu, of which nothing came',
  );
});

test('profiling() leaves nothing behind when the run cannot begin', async () => {
  const before = readdirSync(tmpdir()).filter((name) => name.startsWith('profile-'));
  const { out, outcome } = run({ tool: 'cpu', role: 'worker', id: 7 });
  await expect(outcome).rejects.toMatchObject({ code: 'OPTION_INVALID' });
  expect(existsSync(out)).toBe(false);
  expect(readdirSync(tmpdir()).filter((name) => name.startsWith('profile-'))).toEqual(before);
});
