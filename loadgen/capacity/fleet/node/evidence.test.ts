import { expect, test } from 'vitest';
import { instanceOf } from '../testing.ts';
import { evidenceOf, type Known } from './evidence.ts';

function known(changes: Partial<Known> = {}): Known {
  return {
    machine: { instance: instanceOf('c7i.large'), sharesCore: true },
    scores: [],
    ...changes,
  };
}

const scored = known({
  machine: { sharesCore: true, score: { single: 70, busy: 100 } },
  scores: [{ instance: instanceOf('c7g.large'), score: { single: 78, busy: 80 } }],
});

test.each([
  ['c7i.large', 'T0', 0],
  ['c7i.4xlarge', 'T2', 0.05],
  ['m7i.large', 'T3', 0.15],
  ['c7g.large', 'T4', 0.3],
])('evidenceOf() of %s, beside a measured c7i.large, is of tier %s', (type, tier, spread) => {
  expect(evidenceOf(instanceOf(type), known())).toMatchObject({ tier, spread });
});

test('evidenceOf() never calls a type measured on which no capacity was searched', () => {
  const { machine } = known();
  const unsearched = known({ machine: { ...machine, isSearched: false } });
  const ofType = (type: string) => evidenceOf(instanceOf(type), unsearched);
  expect(ofType('c7i.large')).toEqual({ tier: 'T1', speed: 1, spread: 0.08 });
  expect(ofType('c7i.4xlarge')).toMatchObject({ tier: 'T2', spread: Math.hypot(0.08, 0.05) });
  expect(ofType('c7g.large').tier).toBe('T4');
});

test('evidenceOf() compares a type that has a score by the time it takes with all vCPUs busy', () => {
  expect(evidenceOf(instanceOf('c7g.large'), scored)).toEqual({ tier: 'T1', speed: 1.25, spread: 0.08 });
});

test('evidenceOf() takes the score of another size or of the same processor, and is less sure of it', () => {
  const size = evidenceOf(instanceOf('c7g.xlarge'), scored);
  expect(size).toMatchObject({ tier: 'T2', speed: 1.25 });
  expect(size.spread).toBeCloseTo(Math.hypot(0.08, 0.05), 12);
  const kin = evidenceOf(instanceOf('m7g.large'), scored);
  expect(kin).toMatchObject({ tier: 'T3', speed: 1.25 });
  expect(kin.spread).toBeCloseTo(0.17, 12);
});

test('evidenceOf() prefers what is least uncertain', () => {
  const both = known({
    machine: { instance: instanceOf('c7i.large'), sharesCore: true, score: { single: 70, busy: 100 } },
    scores: [
      { instance: instanceOf('c7i.xlarge'), score: { single: 70, busy: 90 } },
      { instance: instanceOf('m7i.large'), score: { single: 70, busy: 110 } },
    ],
  });
  expect(evidenceOf(instanceOf('c7i.xlarge'), both)).toEqual({ tier: 'T2', speed: 1, spread: 0.05 });
  expect(evidenceOf(instanceOf('m7i.large'), both)).toMatchObject({ tier: 'T1', spread: 0.08 });
});

test('evidenceOf() makes nothing of scores when the measured machine has none', () => {
  const unscored = { ...scored, machine: { sharesCore: true } };
  expect(evidenceOf(instanceOf('c7g.large'), unscored).tier).toBe('T4');
});

test('evidenceOf() counts on whole cores where vCPUs have one each, by the score if there is one', () => {
  expect(evidenceOf(instanceOf('c7a.large'), known()).speed).toBeCloseTo(1 / 0.65, 12);
  const own = known({ machine: { sharesCore: true, score: { single: 70, busy: 100 } } });
  expect(evidenceOf(instanceOf('c7a.large'), own).speed).toBeCloseTo(100 / 70, 12);
  expect(evidenceOf(instanceOf('c7i.large'), own).speed).toBe(1);
  const whole = known({ machine: { instance: instanceOf('c7g.large'), sharesCore: false } });
  expect(evidenceOf(instanceOf('c7i.large'), whole).speed).toBeCloseTo(0.65, 12);
  expect(evidenceOf(instanceOf('c7a.large'), whole).speed).toBe(1);
});
