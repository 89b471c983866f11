import { expect, test } from 'vitest';
import { countPorts, readFacts } from './facts.ts';

test('readFacts() tells what this host grants', () => {
  const facts = readFacts();
  expect(facts.memoryBytes).toBeGreaterThan(0);
  expect(facts.portRange[1]).toBeGreaterThan(facts.portRange[0]);
  expect(facts.listenQueue).toBeGreaterThan(0);
  expect(facts.fdHard).toBeGreaterThanOrEqual(facts.fdLimit);
});

test('countPorts() counts what lies in the range', () => {
  expect(countPorts('80,1000-1009,2005-3000\n', [1_005, 2_009])).toBe(10);
  expect(countPorts('\n', [1_005, 2_009])).toBe(0);
});
