import { expect, test } from 'vitest';
import { aLedger, gateReport, worlds } from '../../gate-report/testing.ts';
import { buildGatePage } from './gate-page.ts';

const sectionsOf = (page: string) => [...page.matchAll(/<h2 id="[^"]*">([^<]*)</g)].map(([, title]) => title);

test('buildGatePage() begins with the verdict and ends with the commands', async () => {
  const report = await gateReport('slower', { ledger: aLedger() });
  const page = buildGatePage(report);
  expect(page).toContain(`<p class="sentence">${report.sentence}</p>`);
  expect(page).toContain('<section class="verdict regressed"');
  expect(sectionsOf(page)).toEqual([
    'Metrics',
    'Blocks',
    'Precision',
    'Validity',
    'Ledger',
    'Environment',
    'Run it again',
  ]);
  expect(page.split(report.commands.profile!)).toHaveLength(4);
});

test.each(Object.keys(worlds) as (keyof typeof worlds)[])(
  'buildGatePage() of a job that is %s carries what it tells, and no figure that is none',
  async (name) => {
    const report = await gateReport(name);
    const page = buildGatePage(report);
    const text = /id="gate-report">([^<]*)</.exec(page)![1]!;
    expect(JSON.parse(text)).toEqual(report);
    const markup = page.slice(page.indexOf('<main>'), page.indexOf('</main>'));
    expect(markup).not.toMatch(/NaN|undefined|Infinity/);
    expect(Buffer.byteLength(page)).toBeLessThan(1_000_000);
  },
);

test('buildGatePage() shows names as text, whatever they hold', async () => {
  const page = buildGatePage(await gateReport('equal', { scenario: '<script>alert(1)</script>' }));
  expect(page).not.toContain('<script>alert');
});
