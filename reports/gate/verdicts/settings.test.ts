import { expect, test } from 'vitest';
import {
  checkSettings,
  confirmingSettings,
  gate,
  nightlySettings,
  pullRequestSettings,
  type Settings,
  watchOnly,
} from './settings.ts';

const day = pullRequestSettings({ countsInstructions: true });

test('pullRequestSettings() and nightlySettings() give rules that a job can be run by', () => {
  for (const countsInstructions of [true, false]) {
    checkSettings(pullRequestSettings({ countsInstructions }));
    checkSettings(nightlySettings({ countsInstructions }));
  }
});

test('pullRequestSettings() counts allocation where the host counts no instructions', () => {
  const names = (settings: Settings) => settings.hypotheses.map(({ metric }) => metric);
  expect(names(day)).toEqual(['cpu', 'instructions', 'p50', 'tail']);
  expect(names(pullRequestSettings({ countsInstructions: false }))).toEqual([
    'cpu',
    'allocation',
    'p50',
    'tail',
  ]);
});

test('confirmingSettings() gate the red metrics alone, and wait for each of them', () => {
  const confirming = confirmingSettings(day, ['tail']);
  checkSettings(confirming);
  expect(confirming).toMatchObject({ level: 0.05, looks: day.looks, watch: [] });
  expect(confirming.hypotheses).toMatchObject([{ metric: 'tail', isPrimary: true, mayStayOpen: false }]);
});

test('watchOnly() takes metrics out of the verdict and keeps them in sight', () => {
  const rules = watchOnly(day, ['cpu', 'tail']);
  checkSettings(rules);
  expect(rules.watch).toEqual(['cpu', 'tail', ...day.watch]);
  expect(rules.hypotheses.map(({ metric, isPrimary }) => [metric, isPrimary])).toEqual([
    ['instructions', true],
    ['p50', false],
  ]);
  expect(watchOnly(day, [])).toEqual(day);
});

test.each([
  ['a metric judged twice', { ...day, watch: ['cpu'] as const }],
  ['no primary metric', { ...day, hypotheses: [gate('cpu')] }],
  ['too few blocks to reject anything', { ...day, looks: [{ blocks: 6, share: 1 }] }],
  ['shares that do not add up', { ...day, looks: [{ blocks: 12, share: 0.5 }] }],
])('checkSettings() refuses %s', (_, settings) => {
  expect(() => checkSettings(settings)).toThrow(RangeError);
});
