import { expect, test } from 'vitest';
import { anEntry } from '../../gate/ledger/testing.ts';
import { readHistories } from './histories.ts';
import { aHistory, equalBuilds } from './testing.ts';

test('readHistories() adds up steps from build to build and finds where they stayed', () => {
  const [cpu, p50] = readHistories(aHistory());
  expect(cpu).toMatchObject({ metric: 'cpu', kind: 'builds', scenario: 'echo', runner: 'two cores' });
  expect(cpu!.changes).toMatchObject([{ at: 22, kind: 'lasting' }]);
  expect(cpu!.changes[0]!.effect).toBeCloseTo(0.1, 2);
  expect(p50!.changes).toMatchObject([{ at: 23, kind: 'lasting' }]);
  const product = aHistory().reduce((all, { findings }) => all * (1 + findings[0]!.effect), 1);
  expect(cpu!.points.at(-1)!.level).toBeCloseTo(product - 1, 12);
});

test('readHistories() does not add up jobs of equal builds, and leaves injected ones out', () => {
  const injected = anEntry({ injected: { name: 'parse', effect: 0.1 } });
  const [equal, ...others] = readHistories([...equalBuilds(), injected]);
  expect(others).toEqual([]);
  expect(equal).toMatchObject({ kind: 'equal', changes: [] });
  expect(equal!.points).toHaveLength(30);
  for (const { level, effect } of equal!.points) expect(level).toBeCloseTo(effect, 12);
});

test('readHistories() keeps hosts and scenarios apart', () => {
  const histories = readHistories([
    anEntry(),
    anEntry({ runner: 'others' }),
    anEntry({ scenario: 'fan-out' }),
  ]);
  expect(histories.map(({ scenario, runner }) => [scenario, runner])).toEqual([
    ['echo', 'two cores'],
    ['echo', 'others'],
    ['fan-out', 'two cores'],
  ]);
});
