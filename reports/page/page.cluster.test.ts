import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Run } from '../../loadgen/results/index.ts';
import { compareRuns } from '../compare/index.ts';
import { formatCount, formatRate, namedTimes } from '../figures/index.ts';
import { healthyRun } from '../testing.ts';
import { buildComparisonPage } from './comparison/index.ts';
import { buildHistoryPage } from './history/index.ts';
import { buildPage } from './page.ts';
import { PAPER, readFigures, usePages } from './testing.ts';

const run = healthyRun();
const openIn = usePages(async (folder) => {
  await writeFile(join(folder, 'report.html'), buildPage(run));
  const runs = ['one', 'other', 'third'].map((source) => ({ run, source }));
  await writeFile(join(folder, 'comparison.html'), buildComparisonPage(compareRuns(runs)));
  const past = ['a', 'b'].map((name) => ({ folder: name, summary: run.summary }));
  await writeFile(
    join(folder, 'index.html'),
    buildHistoryPage({ scenarios: [{ name: 'synthetic', runs: past }], unreadable: [] }),
  );
});

/** Opens a page; a report is ready when it has read the run that it carries. */
function open(options: Parameters<typeof openIn>[1] = {}, name = 'report.html'): ReturnType<typeof openIn> {
  return openIn(name, name === 'report.html' ? { mark: 'record', ...options } : options);
}

// What runs in the page is text: its globals are the browser's, and this file's are not.
const COUNT_COLOURS = `[...document.querySelectorAll('figure canvas')].map((canvas) => {
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  return new Set(new Uint32Array(data.buffer).filter((pixel) => pixel !== 0)).size;
})`;

function firstColumn(page: Page): Promise<string[]> {
  return page
    .locator('table', { hasText: 'Workers in the steady phase' })
    .locator('tbody th')
    .allTextContents();
}

test('buildPage() makes a page that draws every chart, offline and without a complaint', async () => {
  const { page, complaints } = await open();
  const colours = await page.evaluate<number[]>(COUNT_COLOURS);
  expect(colours.length).toBeGreaterThan(15);
  expect(Math.min(...colours)).toBeGreaterThan(3);
  expect(complaints).toEqual([]);
  await page.context().close();
});

test('buildComparisonPage() draws every chart and sorts its table, offline and without a complaint', async () => {
  const { page, complaints } = await open({}, 'comparison.html');
  const colours = await page.evaluate<number[]>(COUNT_COLOURS);
  expect(colours.length).toBeGreaterThan(4);
  expect(Math.min(...colours)).toBeGreaterThan(3);
  const table = page.locator('table', { hasText: 'Every figure' });
  const columns = await table.locator('thead th').allTextContents();
  expect(columns).toEqual(['figure', 'A', 'B', 'B against A', 'B is', 'C', 'C against A', 'C is']);
  await table.locator('thead').getByRole('button', { name: 'A', exact: true }).click();
  const values = await page.evaluate<number[]>(
    "[...document.querySelectorAll('table')[1].querySelectorAll('tbody td:nth-child(2)')].map((cell) => Number(cell.dataset.value))",
  );
  expect(values).toEqual(values.toSorted((one, other) => one - other));
  expect(complaints).toEqual([]);
  await page.context().close();
});

test.each(['comparison.html', 'index.html'])(
  '%s fits a telephone and follows the reader into the dark',
  async (name) => {
    const { page, complaints } = await open(
      { viewport: { width: 390, height: 844 }, colorScheme: 'dark' },
      name,
    );
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    expect(await page.evaluate<string>(PAPER)).toBe('rgb(18, 20, 23)');
    expect(complaints).toEqual([]);
    await page.context().close();
  },
);

test('buildPage() makes tables that sort by a click, up and then down', async () => {
  const { page } = await open();
  const heading = page.locator('th', { hasText: 'p99 ms' }).first();
  const p99 = ({ response }: (typeof run.summary.workers)[number]) => response?.p99 ?? 0;
  const slowestLast = run.summary.workers.toSorted((one, other) => p99(one) - p99(other));
  const order = slowestLast.map(({ id }) => id);

  await heading.getByRole('button').click();
  expect(await heading.getAttribute('aria-sort')).toBe('ascending');
  expect(await firstColumn(page)).toEqual(order);

  await heading.getByRole('button').click();
  expect(await heading.getAttribute('aria-sort')).toBe('descending');
  expect(await firstColumn(page)).toEqual(order.toReversed());
  await page.context().close();
});

test('buildPage() makes tables that are copied as CSV with exact figures', async () => {
  const { page, complaints } = await open({ permissions: ['clipboard-read', 'clipboard-write'] });
  await page.locator('caption', { hasText: 'Workers' }).getByRole('button').click();
  await page.getByText('Copied').waitFor();
  const [head, first] = (await page.evaluate<string>('navigator.clipboard.readText()')).split('\n');
  expect(head?.startsWith('worker,connections,peak,messages/s,p50 ms,p99 ms')).toBe(true);
  expect(first?.split(',')[5]).toBe(String(run.summary.workers[0]?.response?.p99));
  expect(complaints).toEqual([]);
  await page.context().close();
});

test('buildPage() makes a page that shows one moment in all charts at once', async () => {
  const { page } = await open();
  await page.locator('#chart-users').hover();
  const overTime = page.locator('canvas[id^=chart]:not([data-axis])');
  expect(await page.locator('.hair:visible').count()).toBe(await overTime.count());
  await page.locator('h1').hover();
  expect(await page.locator('.hair:visible').count()).toBe(0);
  await page.context().close();
});

/** What the summary has under the same addresses. */
function expectedFigures({ summary }: Run): Record<string, string> {
  const figures: [address: string, value: number | null | undefined][] = [];
  const add = (group: string, id: string, values: object): void => {
    for (const [name, value] of Object.entries(values)) {
      figures.push([`${group} ${encodeURIComponent(id)} ${name}`, value as number | null]);
    }
  };
  for (const { name, quantiles } of namedTimes(summary)) add('time', name, quantiles);
  for (const { id, pid: _, response, push: __, ...worker } of summary.workers) {
    add('worker', id, { ...worker, ...response });
  }
  for (const { id, pid: _, ...broker } of summary.brokers) add('process', `broker ${id}`, broker);
  const { cpuCores, rssMB } = summary.target;
  add('process', 'all', { cpuCores, rssMB });
  for (const { id, pid: _, ...load } of summary.generator.processes) add('load', String(id), load);
  add('load', 'all', { cpuCores: summary.generator.cpuCores, rssMB: summary.generator.rssMB });
  return Object.fromEntries(figures.map(([address, value]) => [address, String(value ?? '')]));
}

test('buildPage() makes tables in which every figure is that of summary.json, to the last digit', async () => {
  const { page } = await open();
  const [shown, wanted] = [await readFigures(page), expectedFigures(run)];
  expect(Object.keys(shown).length).toBeGreaterThan(40);
  for (const [address, value] of Object.entries(shown))
    expect([address, value]).toEqual([address, wanted[address]]);
  const { users, messages } = run.summary;
  expect(await page.locator('.tiles').textContent()).toContain(formatCount(users.peak));
  expect(await page.locator('.tiles').textContent()).toContain(formatRate(messages.perSecond));
  await page.context().close();
});

test('buildPage() makes a timeline that filters charts and tables by phase, and gives all of it back', async () => {
  const { page, complaints } = await open();
  const before = await readFigures(page);
  await page.locator('[data-phase]', { hasText: 'steady' }).click();
  expect(await page.locator('caption', { hasText: 'Workers' }).textContent()).toContain(
    'from 00:15 to 00:35',
  );
  expect(await page.evaluate("Chart.getChart('chart-users').scales.x.min")).toBe(15);
  const chosen = await readFigures(page);
  for (const [address, value] of Object.entries(before)) {
    // Connections are made in another phase, and users are connected longest in all of them.
    if (/connect |recovery |peakConnections/.test(address) || value === '') continue;
    const error = Math.abs(Number(chosen[address]) - Number(value)) / Math.max(0.01, Number(value));
    const isEstimate = / (p50|p90|p99|p999)$/.test(address);
    expect([address, error < (isEstimate ? 0.06 : 0.001)]).toEqual([address, true]);
  }
  await page.getByRole('button', { name: 'show all' }).click();
  expect(await readFigures(page)).toEqual(before);
  expect(await page.evaluate("Chart.getChart('chart-users').scales.x.min")).toBe(0);
  expect(complaints).toEqual([]);
  await page.context().close();
});

test('buildPage() makes a timeline to draw over, which leaves out what happened elsewhere', async () => {
  const { page } = await open();
  await page.locator('.strip').scrollIntoViewIfNeeded();
  const strip = await page.locator('.strip').boundingBox();
  if (strip === null) throw new Error('the page has no timeline');
  const events = page.locator('[data-group=event] tbody tr:visible');
  const draw = async (from: number, to: number): Promise<string | null> => {
    await page.mouse.move(strip.x + strip.width * from, strip.y + 20);
    await page.mouse.down();
    await page.mouse.move(strip.x + strip.width * to, strip.y + 20, { steps: 3 });
    await page.mouse.up();
    return page.locator('[data-range]').textContent();
  };
  expect(await events.count()).toBe(1);
  expect(await draw(0.5, 0.75)).toBe('00:20 to 00:30');
  expect(await events.count()).toBe(0);
  expect(await draw(0.25, 0.5)).toBe('00:10 to 00:20');
  expect(await events.count()).toBe(1);
  expect(await draw(0.4, 0.4)).toBe('The whole run');
  await page.context().close();
});

test('buildPage() makes a heat map that says in words what is under the pointer', async () => {
  const { page } = await open();
  await page.locator('[data-heat]').scrollIntoViewIfNeeded();
  const map = await page.locator('[data-heat]').boundingBox();
  if (map === null) throw new Error('the page has no heat map');
  await page.mouse.move(map.x + map.width / 2, map.y + map.height / 2);
  expect(await page.locator('.reading').textContent()).toMatch(
    /^00:\d\d: \d+ of \d+ \(.*%\) took .* to .* ms$/,
  );
  await page.context().close();
});

test('buildPage() makes a page that fits a telephone', async () => {
  const { page } = await open({ viewport: { width: 390, height: 844 } });
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
  const edge = await page.evaluate<number>(
    "Math.max(...[...document.querySelectorAll('caption, [data-figure^=error]')].map((each) => each.getBoundingClientRect().right))",
  );
  expect(edge).toBeLessThanOrEqual(390);
  await page.context().close();
});

test('buildPage() makes a page that follows the reader into the dark, and is light on paper', async () => {
  const { page, complaints } = await open({ colorScheme: 'dark' });
  const paper = (): Promise<string> => page.evaluate<string>(PAPER);
  expect(await paper()).toBe('rgb(18, 20, 23)');
  await page.evaluate("dispatchEvent(new Event('beforeprint'))");
  expect(await paper()).toBe('rgb(252, 252, 251)');
  await page.evaluate("dispatchEvent(new Event('afterprint'))");
  await page.emulateMedia({ colorScheme: 'light' });
  expect(await paper()).toBe('rgb(252, 252, 251)');
  expect(complaints).toEqual([]);
  await page.context().close();
});
