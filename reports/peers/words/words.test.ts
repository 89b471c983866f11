import { expect, test } from 'vitest';
import { aComparison, aRow } from '../../../loadgen/results/peers/testing.ts';
import {
  countTargets,
  notesOf,
  subjectSentence,
  targetSentence,
  writeCell,
  writeFigure,
  writeRatio,
  writeTarget,
  writeTitle,
} from './words.ts';

test.each([
  [0.123, '0.12'],
  [9.999, '10.00'],
  [12.34, '12.3'],
  [123.4, '123'],
  [123_456.7, '123,457'],
  [-1_234, '-1,234'],
])('writeFigure() writes %d as %s', (value, text) => {
  expect(writeFigure(value)).toBe(text);
});

test('writeCell() has a dash for a figure that there is not', () => {
  expect(writeCell({ reason: 'cannot' })).toBe('–');
  expect(writeCell(undefined)).toBe('–');
});

test('writeRatio() and writeTarget() say how far, how sure, and whether that is enough', () => {
  expect(writeRatio({ value: 0.5, low: 0.487, high: 0.512 })).toBe('0.50 [0.49, 0.51]');
  expect(writeTarget({ bound: 0.55, sense: 'at most', isMet: true })).toBe('✓ ≤ 0.55');
  expect(writeTarget({ bound: 4_000, sense: 'at least', isMet: false })).toBe('✗ ≥ 4,000');
});

test('writeTitle() has the unit where there is one, and what is better unless it is less', () => {
  expect(writeTitle(aRow())).toBe('echo, CPU of all processes, µs');
  expect(writeTitle(aRow({ title: 'answers', unit: '1/s', better: 'more' }))).toBe(
    'answers, 1/s, more is better',
  );
  expect(writeTitle(aRow({ title: 'code', unit: '', better: 'neither' }))).toBe('code');
});

test('subjectSentence() names the first one and all others', () => {
  expect(subjectSentence(aComparison())).toBe('ours beside ws');
  expect(subjectSentence({ subjects: [{ name: 'ours', setup: '' }] })).toBe('ours alone');
});

test('targetSentence() counts those that were measured', () => {
  expect(countTargets(aComparison())).toEqual({ all: 3, met: 2 });
  expect(targetSentence(aComparison())).toBe('2 of 3 targets are met.');
  expect(targetSentence({ rows: [] })).toBe('');
});

test('notesOf() says what is missing and why, each reason once', () => {
  const [, , stalled] = aComparison().rows;
  const twice = aComparison({ rows: [stalled!, { ...stalled!, key: 'grown' }], isComplete: false });
  expect(notesOf(twice)).toEqual([
    'Interrupted: figures that were not measured to the end are missing',
    'pipelined: the clients of ours used 97 % of their core',
    'stalled: ws leaves it to the application',
  ]);
});
