import { expect, test } from 'vitest';
import { someFleets } from '../../plan/document/testing.ts';
import { aLimitedPlan, anEmptyPlan, anIdlePlan, anInterruptedPlan, aPlan } from '../../plan/testing.ts';
import { buildPlanPage } from './plan-page.ts';

const sectionsOf = (page: string) => [...page.matchAll(/<h2 id="[^"]*">([^<]*)</g)].map(([, title]) => title);

test('buildPlanPage() begins with the answer and ends with the command', () => {
  const page = buildPlanPage(aPlan());
  expect(page).toContain(
    '<p class="sentence">1 worker carries 58,200 users, 11,640 messages/s with 99 % &lt; 50 ms, confirmed by a soak</p>',
  );
  expect(page).toContain('<p class="story">What to measure next: Calibrate c8g.large');
  expect(sectionsOf(page)).toEqual([
    'Key figures',
    'Findings',
    'Search',
    'Capacity by limit',
    'Scaling',
    'Fleets',
    'Fleets for so many users',
    'Costs',
    'Proof of the generator',
    'Trials',
    'Ledger of predictions',
    'Machine and profile',
    'Run it again',
  ]);
});

test('buildPlanPage() says at least beside users and messages alike where the generator is not proven', () => {
  const page = buildPlanPage(aLimitedPlan());
  expect(page).toContain('<section class="verdict invalid"');
  expect(page).toContain(
    '<b>at least 58,200 users</b><span>at least 11,640 messages/s (generator-limited)</span>',
  );
});

test('buildPlanPage() has no tile for a fleet or an estimate that there is not', () => {
  const tilesOf = (page: string) =>
    [...page.matchAll(/<div><dt>([^<]*)<\/dt><dd><b>/g)].map(([, name]) => name);
  expect(tilesOf(buildPlanPage(aPlan()))).toEqual([
    'Users',
    'Estimate of users',
    'Objective',
    'Fleet to buy',
    'Its price',
    'A million users',
  ]);
  expect(tilesOf(buildPlanPage(anInterruptedPlan()))).toEqual(['Users', 'Objective']);
  expect(tilesOf(buildPlanPage(anEmptyPlan()))).toEqual(['Users', 'Objective']);
  const none = someFleets({ rows: [], needed: null });
  expect(buildPlanPage(aPlan({ fleets: none }))).toContain('<b>none</b><span>none may be recommended</span>');
});

test('buildPlanPage() of users who hardly say anything has fleets and what they rest on, and no search', () => {
  expect(sectionsOf(buildPlanPage(anIdlePlan()))).toEqual([
    'Key figures',
    'Findings',
    'Fleets',
    'Fleets for so many users',
    'Costs',
    'Machine and profile',
    'Run it again',
  ]);
});

test('buildPlanPage() of an interrupted plan shows what there is and says what is not', () => {
  expect(sectionsOf(buildPlanPage(anInterruptedPlan()))).toEqual([
    'Key figures',
    'Not in this plan',
    'Findings',
    'Search',
    'Trials',
    'Machine and profile',
    'Run it again',
  ]);
});

test.each([
  ['whole', aPlan()],
  ['limited by its generator', aLimitedPlan()],
  ['interrupted', anInterruptedPlan()],
  ['empty', anEmptyPlan()],
  ['without a search', anIdlePlan()],
])('buildPlanPage() of a plan that is %s carries it, and no figure that is none', (_, plan) => {
  const page = buildPlanPage(plan);
  expect(JSON.parse(/id="plan-document">([^<]*)</.exec(page)![1]!)).toEqual(plan);
  const markup = page.slice(page.indexOf('<main>'), page.indexOf('</main>'));
  expect(markup).not.toMatch(/NaN|undefined|Infinity|\[object/);
});

test('buildPlanPage() stays below 1 MB with as many fleets as there are types and hosts', () => {
  const { rows } = someFleets();
  const many = Array.from({ length: 600 }, (_, index) => rows[index % rows.length]!);
  const page = buildPlanPage(aPlan({ fleets: someFleets({ rows: many }) }));
  expect(Buffer.byteLength(page)).toBeLessThan(1_000_000);
  expect(page).toContain('plan.csv has 480 more fleets.');
});

test('buildPlanPage() shows names as text, whatever they hold', () => {
  const plan = aPlan();
  plan.profile.name = '<script>alert(1)</script>';
  plan.sizes = [{ ...plan.sizes[0]!, sentence: '<script>alert(2)</script>', confirmed: null }];
  expect(buildPlanPage(plan)).not.toContain('<script>alert');
});
