/** Pages in a browser, for tests: without a network, and with all they complain about. Never imported by anything else. */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';

/** A page that is open. */
export interface Visit {
  readonly page: Page;
  /** What the browser complained about, and what it asked the network for. */
  readonly complaints: string[];
}

/** How a page is opened: as Playwright knows it, and when it is ready. */
interface Opening extends BrowserContextOptions {
  /** What the page says when it is ready. Default `interactive`. */
  readonly mark?: string;
}

const CHROMIUM = '/usr/bin/chromium';
const ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

// What runs in the page is text: its globals are the browser's, and a test's are not.
const READ_FIGURES = `Object.fromEntries([...document.querySelectorAll('[data-figure]')].map((cell) => [cell.dataset.figure, cell.dataset.value]))`;

// Charts out of sight come after the page is ready for its reader.
const IS_DRAWN = `document.querySelector('figure canvas') === null || performance.getEntriesByName('drawn').length > 0`;

/** Reads the colour of the page. */
export const PAPER = 'getComputedStyle(document.body).backgroundColor';

/**
 * Has pages written into a folder, and a browser started, before the tests of a file; both are gone after them.
 * @returns Opens one of the pages by its name, and waits until it is ready.
 */
export function usePages(
  write: (folder: string) => Promise<unknown>,
): (name: string, opening?: Opening) => Promise<Visit> {
  let browser: Browser | undefined;
  let folder = '';
  beforeAll(async () => {
    if (!existsSync(CHROMIUM))
      throw new Error(
        `Cannot open a page with "${CHROMIUM}": no such file, wanted Debian's package "chromium"`,
      );
    folder = await mkdtemp(join(tmpdir(), 'pages-'));
    await write(folder);
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS });
  });
  afterAll(async () => {
    await browser?.close();
    if (folder !== '') await rm(folder, { recursive: true });
  });
  return (name, opening) => {
    if (browser === undefined) throw new Error(`Cannot open "${name}": the browser was not started`);
    return visit(browser, join(folder, name), opening);
  };
}

async function visit(
  browser: Browser,
  file: string,
  { mark = 'interactive', ...options }: Opening = {},
): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1_280, height: 900 }, ...options });
  await context.setOffline(true);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (!/^(file|data):/.test(request.url())) complaints.push(`request: ${request.url()}`);
  });
  await page.goto(pathToFileURL(file).href);
  // Not `waitForFunction`, which has the page itself evaluate text; its policy forbids that.
  await page.evaluate(`new Promise((resolve) => {
    const isReady = () => performance.getEntriesByName('${mark}').length > 0 && (${IS_DRAWN});
    const look = () => (isReady() ? resolve() : setTimeout(look, 5));
    look();
  })`);
  return { page, complaints };
}

/** Reads every figure of the tables that has an address, by it: exactly as it was written. */
export function readFigures(page: Page): Promise<Record<string, string>> {
  return page.evaluate<Record<string, string>>(READ_FIGURES);
}

/** What a cell says exactly of a figure; nothing where there is none. */
export function figureText(value: unknown): string {
  return typeof value === 'number' ? String(value) : '';
}

/** Reads the colour of the first mark of a kind in a drawing. */
export function fillOf(mark: string): string {
  return `getComputedStyle(document.querySelector('.drawing .${mark}')).fill`;
}
