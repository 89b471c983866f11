import { expect, test } from 'vitest';
import { someFleets } from '../../plan/document/testing.ts';
import { html } from '../html.ts';
import { fleetTable, hiddenSentence, neededTable, tierSentence } from './fleet-tables.ts';

const fleets = someFleets();
const rowsOf = (text: string) =>
  [...text.matchAll(/<tr class="(\w+)"><th scope="row">([^<]*)/g)].map(([, ...row]) => row);

test('fleetTable() marks rows by class and in words, and says why some may never be bought', () => {
  const { text } = html`${fleetTable(fleets)}`;
  expect(rowsOf(text)).toEqual([
    ['unfit', 'c7g.4xlarge'],
    ['recommended', 'c7i.large'],
    ['pareto', 'c8i.large'],
    ['plain', 'm7i.large'],
  ]);
  for (const words of [
    '✗ never recommended',
    '▶ recommended',
    '★ nothing betters it',
    'more than twice the workers',
  ])
    expect(text).toContain(words);
  expect(text).toContain(
    `data-value="${fleets.rows[1]?.perMillion.upper}" data-figure="fleet 1 perMillion.upper"`,
  );
});

test('fleetTable() leaves out what may not be bought first, and keeps each address', () => {
  const [unfit, good] = fleets.rows;
  const rows = [...Array.from({ length: 30 }, () => unfit!), ...Array.from({ length: 110 }, () => good!)];
  const { text } = html`${fleetTable({ rows })}`;
  expect(rowsOf(text).filter(([kind]) => kind === 'recommended')).toHaveLength(110);
  expect(rowsOf(text)).toHaveLength(120);
  expect(text).toContain('data-figure="fleet 139 monthly"');
  expect(hiddenSentence({ rows })).toBe('plan.csv has 20 more fleets.');
  expect(hiddenSentence(fleets)).toBe(false);
});

test('neededTable() begins with the chance to be enough', () => {
  const { text } = html`${neededTable(fleets.needed!)}`;
  expect(text).toContain('<caption>The smallest fleets for 50,000 users, by price</caption>');
  expect(text).toContain('data-value="0.962" data-figure="needed 0 chance">96 %</td>');
  expect(text).toContain('data-figure="needed 1 row.users.median"');
  expect(rowsOf(text).map(([kind]) => kind)).toEqual(['recommended', 'unfit']);
});

test('tierSentence() explains the tiers that are there, and no other', () => {
  expect(tierSentence(fleets.rows)).toBe(
    'T0: capacity measured on this type; T4: other processors measured, published figures alone',
  );
});
