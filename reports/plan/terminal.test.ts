import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PlanDocument } from './document/index.ts';
import { aSize } from './document/testing.ts';
import { formatPlanSummary } from './terminal.ts';
import { aLimitedPlan, anEmptyPlan, anIdlePlan, anInterruptedPlan, aPlan } from './testing.ts';

const files = ['out/plan.html', 'out/plan.json', 'out/plan.md', 'out/plan.csv'];

test('formatPlanSummary() begins with the answer and ends with the files', () => {
  const text = formatPlanSummary(aPlan(), { files });
  expect(text).toMatch(/^FOUND +1 worker carries 58,200 users, 11,640 messages\/s with 99 % < 50 ms/);
  expect(text).toMatch(/Next +Calibrate c8g\.large/);
  expect(text).toMatch(/Proof +all 2 guards of the generator hold\n/);
  expect(text.endsWith('out/plan.csv\n')).toBe(true);
});

test('formatPlanSummary() says at least wherever the generator was not proven', () => {
  const text = formatPlanSummary(aLimitedPlan());
  expect(text).toMatch(/^AT LEAST/);
  expect(text).toMatch(/\n +1 +at least 11,640 +at least 58,200 +– +12\n/);
  expect(text).toMatch(/messages\/s( +≥ [\d,]+){6}\n/);
  expect(text).toContain("the generator is not proven: Little's law");
});

test('formatPlanSummary() of a plan that broke off says what is not in it', () => {
  expect(formatPlanSummary(anInterruptedPlan())).toMatch(
    /Not in it +a confirmed capacity: no soak has passed; /,
  );
  expect(formatPlanSummary(anEmptyPlan())).toMatch(/^NOT MEASURED +No search came to a figure/);
});

test('formatPlanSummary() of users who hardly say anything has fleets, and misses no search', () => {
  const text = formatPlanSummary(anIdlePlan());
  expect(text).toMatch(/^FROM COSTS +Users hardly say anything/);
  expect(text).toMatch(/\nFleet +Buy 2 hosts/);
  expect(text).not.toMatch(/\n(Not in it|Proof|Workers|Limits)/);
});

test('formatPlanSummary() fits 40 lines of 120 columns, however much there is to say', () => {
  const words = fc.array(fc.constantFrom('a word', 'another', 'and so on'), { minLength: 1, maxLength: 60 });
  const sentences = fc.array(
    words.map((parts) => parts.join(' ')),
    { maxLength: 20 },
  );
  const plans = fc.record({
    base: fc.constantFrom(aPlan, aLimitedPlan, anInterruptedPlan),
    remarks: sentences,
    sizes: fc.integer({ min: 0, max: 9 }),
    next: fc.option(words.map((parts) => parts.join(' '))),
  });
  const property = fc.property(plans, ({ base, remarks, sizes, next }) => {
    const many = Array.from({ length: sizes }, (_, index) => aSize(index + 1, { findings: remarks }));
    const changes: Partial<PlanDocument> = { remarks, next, sizes: many };
    const lines = formatPlanSummary(base(changes), { files }).trimEnd().split('\n');
    expect(lines.length).toBeLessThanOrEqual(40);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(120);
    expect(lines.at(-1)).toContain('out/plan.csv');
  });
  fc.assert(property, { numRuns: 40 });
});

test('formatPlanSummary() colours titles alone and says the same without', () => {
  const coloured = formatPlanSummary(aPlan(), { colour: true });
  expect(coloured).not.toBe(formatPlanSummary(aPlan()));
  expect(stripVTControlCharacters(coloured)).toBe(formatPlanSummary(aPlan()));
});
