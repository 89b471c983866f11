import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gateReport } from '../testing.ts';
import {
  buildsSentence,
  furtherReasons,
  machineSentence,
  sparkline,
  validitySentence,
  writeAlarms,
  writeBlocks,
  writeBounds,
  writeChance,
  writeEffect,
  writeInjected,
  writeSize,
  writeTest,
  writeValue,
  writeVerdict,
} from './words.ts';

test('writeEffect() writes shares of a ratio in per cent, shares of slices in points, never a minus nought', () => {
  expect(writeEffect('cpu', 0.0512)).toBe('+5.1 %');
  expect(writeEffect('cpu', -0.0512)).toBe('−5.1 %');
  expect(writeEffect('cpu', -0.0001)).toBe('+0.0 %');
  expect(writeEffect('stalls', 0.02)).toBe('+2.0 pp');
  expect(writeEffect('cpu', null)).toBe('?');
  expect(writeSize('cpu', 0.02)).toBe('2.0 %');
});

test('writeBounds() says where so few blocks give none', () => {
  expect(writeBounds('cpu', { lower: null, upper: 0.1 })).toBe('? to +10.0 %');
});

test('writeValue() writes medians in the unit of their metric', () => {
  expect(writeValue('cpu', 20.314)).toBe('20.31 µs');
  expect(writeValue('memory', 8_041.7)).toBe('8,042 B');
  expect(writeValue('instructions', 80_285)).toBe('80,285');
  expect(writeValue('stalls', 0.125)).toBe('12.5 %');
});

test('writeTest() sets a chance against its limit', () => {
  expect(writeTest({ pWorse: 0.000_244, limit: 0.0005 })).toBe('0.00024 < 0.00050');
  expect(writeTest({ pWorse: 0.31, limit: 0.0005 })).toBe('0.31 ≥ 0.00050');
  expect(writeTest({ pWorse: 1 })).toBe('1');
  expect(writeChance(0)).toBe('0');
});

test('writeBlocks() names pairs measured again only where there are any', () => {
  expect(writeBlocks({ blocks: 12, pairsAgain: 0 })).toBe('12');
  expect(writeBlocks({ blocks: 12, pairsAgain: 1 })).toBe('12, 1 pair again');
});

test('writeVerdict() has a sign for each verdict that needs no colour', () => {
  const verdicts = ['regression', 'improvement', 'immaterial', 'unchanged', 'inconclusive'] as const;
  const signs = [...verdicts.map((verdict) => writeVerdict({ verdict })), writeVerdict({})];
  expect(new Set(signs.map((words) => words[0])).size).toBe(6);
});

test('sparkline() draws one bar a block, worse above the middle and better below', () => {
  expect(sparkline([0.1, 0.05, 0.001, 0, -0.001, -0.05, -0.1])).toBe('█▇▅▅▄▃▁');
  expect(sparkline([0, 0])).toBe('▅▅');
  const property = fc.property(fc.array(fc.double({ noNaN: true, min: -1, max: 1 })), (differences) => {
    expect(sparkline(differences)).toHaveLength(differences.length);
  });
  fc.assert(property);
});

test('validitySentence() says what was disturbed, by what, and how it was made good', async () => {
  expect(validitySentence(await gateReport('equal'))).toBe('None of 96 pairs of windows was disturbed.');
  const report = await gateReport('slower');
  const { disturbedPairs } = report.disturbed;
  expect(validitySentence(report)).toMatch(
    new RegExp(`^${disturbedPairs} of 96 pairs .* \\(waiting \\d+\\);`),
  );
});

test('machineSentence() says how many blocks were allowed, and by which time, where one was set', async () => {
  expect(machineSentence(await gateReport('equal'))).toContain('; at most 32 long blocks; seed ');
  const time = { limitSeconds: 660, blockSeconds: 16.25 };
  expect(machineSentence(await gateReport('equal', { time }))).toContain(
    'offered; at most 32 long blocks of about 16.25 s, for a job of 11:00; seed ',
  );
});

test('furtherReasons() repeats nothing that the sentence says', async () => {
  expect(furtherReasons(await gateReport('slower'))).toEqual([]);
  const invalid = await gateReport('disturbed');
  expect(furtherReasons(invalid).length).toBeGreaterThan(0);
  expect(furtherReasons(invalid)).not.toContain(invalid.sentence);
});

test('buildsSentence() names commits beside what was asked for, and what was planted', async () => {
  expect(buildsSentence(await gateReport('lossy'))).toBe('candidate HEAD (b2) against base main (a1)');
  expect(buildsSentence(await gateReport('lossy', { injected: 'parse:10' }))).toBe(
    'candidate HEAD (b2) with parse:10 planted against base main (a1)',
  );
});

test('writeAlarms() and writeInjected() say what the ledger knows, and when it knows nothing', () => {
  const standing = { metric: 'cpu' as const, jobs: 60, falseAlarms: 0, bound: 0.0487, isQuarantined: false };
  expect(writeAlarms(standing)).toBe('0 of 60 jobs, truly at most 4.9 %');
  expect(writeAlarms({ ...standing, jobs: 0, bound: 1 })).toBe('no job yet');
  expect(writeInjected(standing)).toBe('–');
  expect(writeInjected({ ...standing, injected: { name: 'parse', effect: 0.1, found: 0.098 } })).toBe(
    'parse +10.0 %, found +9.8 %',
  );
});
