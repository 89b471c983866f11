import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aLimitedPlan, anEmptyPlan, anInterruptedPlan, aPlan } from '../testing.ts';
import { parsePlan } from './parse.ts';

test.each([
  ['whole', aPlan()],
  ['limited by its generator', aLimitedPlan()],
  ['interrupted', anInterruptedPlan()],
  ['empty', anEmptyPlan()],
])('parsePlan() gives back a plan that is %s, with all digits', (_, plan) => {
  expect(parsePlan(JSON.stringify(plan))).toEqual(plan);
});

test('parsePlan() takes a guard that was not measured for what it is', () => {
  const plan = aPlan();
  plan.proof = { proven: false, findings: [{ name: 'split', ok: false, value: Number.NaN, limit: 0.01 }] };
  expect(parsePlan(JSON.stringify(plan)).proof?.findings[0]?.value).toBeNull();
});

test('parsePlan() refuses a text that was cut anywhere, in one sentence', () => {
  const text = JSON.stringify(aPlan());
  const property = fc.property(fc.integer({ min: 1, max: text.length - 1 }), (length) => {
    expect(() => parsePlan(text.slice(0, length), { name: 'out/plan.json' })).toThrow(
      /^Cannot read plan "out\/plan\.json": it begins as a plan and breaks off or is damaged, wanted a whole file/,
    );
  });
  fc.assert(property);
});

test.each([
  ['', 'it is no JSON'],
  ['type,hosts\nc7i.large,2\n', 'it is no JSON'],
  ['[]', 'it is a list'],
  ['7', 'it is the value 7'],
  ['{"type":"gate","version":1}', 'it is an object without "profile", "slo", "sizes"'],
  [JSON.stringify({ ...aPlan(), version: 2 }), 'its version is 2, wanted 1 or older'],
  [JSON.stringify({ ...aPlan(), version: 'new' }), '"version" is not what it should be'],
  [JSON.stringify(aPlan()).replace('"verdict":"found"', '"verdict":"lost"'), '"sizes.0.verdict" is not'],
])('parsePlan() refuses the foreign text %j', (text, why) => {
  expect(() => parsePlan(text)).toThrow(expect.objectContaining({ code: 'RECORD_INVALID' }));
  expect(() => parsePlan(text)).toThrow(`Cannot read plan "plan.json": ${why}`);
});
