import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parsePlan } from './document/index.ts';
import { planReportNames, writePlanReports } from './files.ts';
import { anEmptyPlan, anInterruptedPlan, aPlan } from './testing.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plan-files-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('writePlanReports() writes every file into a folder that it makes, and the same again', async () => {
  const place = join(folder, 'plan');
  const files = await writePlanReports(place, aPlan());
  expect(files.map((file) => basename(file))).toEqual(planReportNames);
  expect(parsePlan(readFileSync(join(place, 'plan.json'), 'utf8'))).toEqual(aPlan());
  expect(readFileSync(join(place, 'plan.csv'), 'utf8')).toBe(aPlan().tables?.csv);
  const before = files.map((file) => readFileSync(file, 'utf8'));
  await writePlanReports(place, aPlan());
  expect(files.map((file) => readFileSync(file, 'utf8'))).toEqual(before);
});

test.each([
  ['interrupted', anInterruptedPlan()],
  ['empty', anEmptyPlan()],
])(
  'writePlanReports() keeps what a plan that is %s holds, and makes no table without fleets',
  async (_, plan) => {
    const files = await writePlanReports(folder, plan);
    expect(files.map((file) => basename(file))).toEqual(['plan.html', 'plan.json', 'plan.md']);
    expect(existsSync(join(folder, 'plan.csv'))).toBe(false);
    expect(parsePlan(readFileSync(join(folder, 'plan.json'), 'utf8'))).toEqual(plan);
  },
);
