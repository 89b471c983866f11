/**
 * Takes the pictures that the documents show: `node dist/scripts/pictures.js PAGE.html…` opens each page in Chromium
 * and writes into reports/pictures/ what a reader sees first, the latency of a page that has a heat map of it, and the
 * blocks of a gate.
 */
import { mkdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const FOLDER = 'reports/pictures';
const SIZE = { width: 1_280, height: 1_000 };

/** Where the page is scrolled to, and the theme it is seen in: both themes are to be shown. */
const views = [
  { name: '', place: 'h1', scheme: 'light' },
  { name: '-latency', place: 'section:has(canvas[data-heat]) .tall', scheme: 'dark' },
  { name: '-blocks', place: 'section:has(.drawing) .row > :nth-child(3)', scheme: 'dark' },
] as const;

// Charts out of sight come last. The page's policy forbids it to evaluate text, so it is not asked by `waitForFunction`.
const WHEN_DRAWN = `new Promise((resolve) => {
  const isDrawn = () =>
    document.querySelector('figure canvas') === null || performance.getEntriesByName('drawn').length > 0;
  const look = () => (isDrawn() ? resolve() : setTimeout(look, 5));
  look();
})`;

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
  for (const { name, place, scheme } of views) {
    const context = await browser.newContext({ viewport: SIZE, colorScheme: scheme });
    const tab = await context.newPage();
    await tab.goto(pathToFileURL(resolve(page)).href);
    await tab.evaluate(WHEN_DRAWN);
    const path = join(FOLDER, `${basename(page, '.html')}${name}.png`);
    if ((await tab.locator(place).count()) > 0) {
      await tab.waitForFunction("document.querySelector('#timeline')?.hidden !== true");
      if (name !== '') await tab.locator(place).first().scrollIntoViewIfNeeded();
      await tab.screenshot({ path });
      console.log(path);
    }
    await context.close();
  }
}
await browser.close();
