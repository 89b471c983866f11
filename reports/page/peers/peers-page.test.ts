import { expect, test } from 'vitest';
import { aComparison } from '../../../loadgen/results/peers/testing.ts';
import { buildPeersPage } from './peers-page.ts';

const sectionsOf = (page: string) => [...page.matchAll(/<h2 id="[^"]*">([^<]*)</g)].map(([, title]) => title);

test('buildPeersPage() begins with who is compared and ends with the command', () => {
  const page = buildPeersPage(aComparison());
  expect(page).toContain('<h1>ours beside ws</h1>');
  expect(page).toContain('<section class="verdict fail" aria-label="Targets">');
  expect(page).toContain('<p class="sentence">2 of 3 targets are met.</p>');
  expect(page).toContain('<div><dt>ws</dt><dd>bare</dd></div>');
  expect(sectionsOf(page)).toEqual([
    'Ratios',
    'Notes',
    'Figures',
    'Rounds',
    'Of its own',
    'Subjects',
    'Machine',
    'Run it again',
  ]);
});

test('buildPeersPage() has no verdict without a target, and no section without content', () => {
  const page = buildPeersPage(aComparison({ rows: [], ownRows: [], remarks: [], command: '' }));
  expect(page).not.toContain('class="verdict');
  expect(sectionsOf(page)).toEqual(['Subjects', 'Machine']);
});

test('buildPeersPage() carries the comparison, and no figure that is none', () => {
  const page = buildPeersPage(aComparison());
  expect(JSON.parse(/id="peers-record">([^<]*)</.exec(page)![1]!)).toEqual(aComparison());
  const markup = page.slice(page.indexOf('<main>'), page.indexOf('</main>'));
  expect(markup).not.toMatch(/NaN|undefined|Infinity|\[object/);
});

test('buildPeersPage() shows names as text, whatever they hold', () => {
  const comparison = aComparison();
  comparison.subjects[1] = { name: '<script>alert(1)</script>', setup: '<script>alert(2)</script>' };
  expect(buildPeersPage(comparison)).not.toContain('<script>alert');
});
