import { expect, test } from 'vitest';
import { subjectsOf } from './subjects.ts';

test('subjectsOf() keeps all that is said below the name of the cluster', () => {
  const { roll, inbox, agent, line } = subjectsOf('blue');
  const all = [roll, inbox, ...Object.values(agent('a1')), ...Object.values(line('l1'))];
  expect(all.every((subject) => subject.startsWith('scbench.blue.'))).toBe(true);
  expect(new Set(all).size).toBe(7);
});

test('subjectsOf() names the one right that covers them', () => {
  expect(subjectsOf('blue').all).toBe('scbench.blue.>');
});
