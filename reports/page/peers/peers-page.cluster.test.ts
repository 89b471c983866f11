import { expect, test } from 'vitest';
import { aComparison } from '../../../loadgen/results/peers/testing.ts';
import { writePeersReports } from '../../peers/index.ts';
import { figureText, readFigures, usePages } from '../testing.ts';

const comparison = aComparison();
const open = usePages((folder) => writePeersReports(folder, comparison));

/** What peers.json has under the addresses of the page's figures: the table, which row, which figure of it. */
function figureAt(address: string): unknown {
  const [group = '', id = '', path = ''] = address.split(' ');
  const rows = group === 'own' ? comparison.ownRows : comparison.rows;
  const row = rows.find(({ measure, key }) => `${measure}/${key}` === decodeURIComponent(id));
  return path
    .split('.')
    .reduce<unknown>((value, step) => (value as Record<string, unknown> | undefined)?.[step], row);
}

test('buildPeersPage() shows every figure as peers.json has it, offline and without a complaint', async () => {
  const { page, complaints } = await open('peers.html');
  const figures = await readFigures(page);
  const expected = Object.keys(figures).map((address) => [address, figureText(figureAt(address))]);
  expect(figures).toEqual(Object.fromEntries(expected));
  expect(new Set(Object.keys(figures).map((address) => address.split(' ')[0]))).toEqual(
    new Set(['ratio', 'row', 'own']),
  );
  expect(complaints).toEqual([]);
  await page.context().close();
});

test('buildPeersPage() sorts by exact figures', async () => {
  const { page } = await open('peers.html');
  const table = page.locator('table').filter({ has: page.locator('caption', { hasText: 'Figures' }) });
  await table.getByRole('button', { name: 'ours', exact: true }).click();
  expect(await table.locator('tbody th').allTextContents()).toEqual([
    'echo, CPU of all processes, µs',
    'stalled reader, closed with code (0: it is not)',
    'pipelined, answers, 1/s, more is better',
  ]);
  await page.context().close();
});

test('buildPeersPage() fits a telephone', async () => {
  const { page, complaints } = await open('peers.html', { viewport: { width: 390, height: 844 } });
  expect(await page.locator('.drawing svg').count()).toBe(3);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
  expect(complaints).toEqual([]);
  await page.context().close();
});
