import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type PlanDocument, parsePlan, writePlanReports } from '../../plan/index.ts';
import { anInterruptedPlan, aPlan } from '../../plan/testing.ts';
import { figureText, fillOf, PAPER, readFigures, usePages } from '../testing.ts';

let plan: PlanDocument;
const openIn = usePages(async (folder) => {
  await writePlanReports(join(folder, 'whole'), aPlan());
  await writePlanReports(join(folder, 'interrupted'), anInterruptedPlan());
  plan = parsePlan(await readFile(join(folder, 'whole', 'plan.json'), 'utf8'));
});

/** Opens the page of a plan. */
function open(name: string, opening: Parameters<typeof openIn>[1] = {}): ReturnType<typeof openIn> {
  return openIn(join(name, 'plan.html'), opening);
}

/** What plan.json has under the addresses of the page's figures: the group, which one, which figure of it. */
function figureAt(address: string): unknown {
  const [group = '', id = '', path = ''] = address.split(' ');
  const [first = 0, second] = id.split('.');
  const size = plan.sizes[Number(first)];
  const { scaling, fleets, costs, proof, predictions } = plan;
  const places: Record<string, unknown> = {
    size,
    limit: second === 'mean' ? { estimate: size?.geometricMean } : size?.capacities[Number(second)],
    trial: size?.trials[Number(second)],
    fleet: fleets?.rows[Number(first)],
    needed: fleets?.needed?.fleets[Number(first)],
    cost: costs[Number(first)],
    proof: proof?.findings[Number(first)],
    law: scaling?.laws[Number(first)],
    band: scaling?.band[Number(first)],
    prediction: predictions.frozen[Number(first)],
  };
  return path
    .split('.')
    .reduce<unknown>((value, step) => (value as Record<string, unknown> | undefined)?.[step], places[group]);
}

test('buildPlanPage() shows every figure as plan.json has it, offline and without a complaint', async () => {
  const { page, complaints } = await open('whole');
  const figures = await readFigures(page);
  const expected = Object.keys(figures).map((address) => [address, figureText(figureAt(address))]);
  expect(figures).toEqual(Object.fromEntries(expected));
  expect(new Set(Object.keys(figures).map((address) => address.split(' ')[0])).size).toBe(10);
  expect(complaints).toEqual([]);
  await page.context().close();
});

test('buildPlanPage() makes a table of fleets that sorts by exact figures and keeps its marks', async () => {
  const { page } = await open('whole');
  const table = page.locator('table', { hasText: 'Fleets, the fewest dollars' });
  await table.getByRole('button', { name: '$/month' }).click();
  const order = plan.fleets?.rows
    .toSorted((one, other) => one.monthly - other.monthly)
    .map(({ type }) => type);
  expect(await table.locator('tbody th').allTextContents()).toEqual(order);
  expect(await table.locator('tr.recommended th').textContent()).toBe('c7i.large');
  expect(await table.getByRole('button', { name: 'Copy CSV' }).count()).toBe(1);
  await page.context().close();
});

test('buildPlanPage() draws in the colours of the theme, light on paper', async () => {
  const { page } = await open('whole', { colorScheme: 'dark' });
  const colours = async () => [await page.evaluate(PAPER), await page.evaluate(fillOf('passed'))];
  expect(await colours()).toEqual(['rgb(18, 20, 23)', 'rgb(76, 195, 138)']);
  await page.emulateMedia({ media: 'print' });
  expect(await colours()).toEqual(['rgb(252, 252, 251)', 'rgb(23, 112, 74)']);
  await page.emulateMedia({ media: 'screen', colorScheme: 'light' });
  expect(await colours()).toEqual(['rgb(252, 252, 251)', 'rgb(23, 112, 74)']);
  expect(await page.locator('.drawing svg').count()).toBe(4);
  await page.context().close();
});

test.each(['whole', 'interrupted'])(
  'buildPlanPage() of a plan that is %s fits a telephone, offline and without a complaint',
  async (name) => {
    const { page, complaints } = await open(name, { viewport: { width: 390, height: 844 } });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    expect(await page.locator('.drawing svg').first().isVisible()).toBe(true);
    expect(complaints).toEqual([]);
    await page.context().close();
  },
);
