/**
 * Takes the pictures that the documents show: `node dist/scripts/pictures.js PAGE.html…` opens each page in Chromium
 * and writes what a reader sees first, light and dark, into reports/pictures/.
 */
import { mkdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const FOLDER = 'reports/pictures';
const SIZE = { width: 1_280, height: 1_000 };

const pages = process.argv.slice(2);
if (pages.length === 0) {
  console.error('Cannot take pictures: no page given, wanted one or more HTML files');
  process.exit(2);
}
await mkdir(FOLDER, { recursive: true });
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu'],
});
for (const page of pages) {
  for (const scheme of ['light', 'dark'] as const) {
    const context = await browser.newContext({ viewport: SIZE, colorScheme: scheme });
    const tab = await context.newPage();
    await tab.goto(pathToFileURL(resolve(page)).href);
    await tab.waitForFunction("performance.getEntriesByName('interactive').length > 0");
    const path = join(FOLDER, `${basename(page, '.html')}-${scheme}.png`);
    await tab.screenshot({ path });
    console.log(path);
    await context.close();
  }
}
await browser.close();
