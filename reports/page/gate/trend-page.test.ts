import { expect, test } from 'vitest';
import { readHistories } from '../../gate-report/trend/index.ts';
import { aHistory, equalBuilds } from '../../gate-report/trend/testing.ts';
import { buildTrendPage } from './trend-page.ts';

test('buildTrendPage() has a section for each scenario, host and kind, with what stayed', () => {
  const page = buildTrendPage(readHistories([...aHistory(), ...equalBuilds()]));
  expect([...page.matchAll(/<h2 id="[^"]*">([^<]*)</g)].map(([, title]) => title)).toEqual([
    'echo, build after build, two cores',
    'echo, equal builds, two cores',
  ]);
  expect(page).toMatch(/<li>After c22, up to c24: CPU per message/);
  expect(page).toContain('<li>Nothing changed and stayed so.</li>');
});

test('buildTrendPage() of an empty ledger says so', () => {
  expect(buildTrendPage([])).toContain('The ledger holds no job that a trend could follow.');
});
