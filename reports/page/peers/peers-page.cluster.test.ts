import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { aComparison } from '../../../loadgen/results/peers/testing.ts';
import { writePeersReports } from '../../peers/index.ts';

const CHROMIUM = '/usr/bin/chromium';
const ARGUMENTS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'];

test('buildPeersPage() sorts by exact figures and fits a telephone, offline and without a complaint', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'peers-page-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const [path = ''] = await writePeersReports(folder, aComparison());
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS });
  onTestFinished(() => browser.close());
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  await context.setOffline(true);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (!/^(file|data):/.test(request.url())) complaints.push(request.url());
  });
  await page.goto(pathToFileURL(path).href);
  await page.waitForFunction("performance.getEntriesByName('interactive').length > 0");

  const table = page.locator('table', { hasText: /^Figures/ });
  await table.getByRole('button', { name: 'ours', exact: true }).click();
  expect(await table.locator('tbody th').allTextContents()).toEqual([
    'echo, CPU of all processes, µs',
    'stalled reader, closed with code (0: it is not)',
    'pipelined, answers, 1/s, more is better',
  ]);
  expect(await page.locator('.drawing svg').count()).toBe(3);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
  expect(complaints).toEqual([]);
});
