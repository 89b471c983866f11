import { expect, test } from 'vitest';
import { channels, groupOf, planOf } from '../plan/testing.ts';
import { Exchange } from './exchange.ts';
import type { AgentReport, EndsReport } from './messages.ts';

const end = { channel: 3, publisher: 7, next: 5, intended: 60 };

function scene({ processes = 3, behaviour = channels() as ReturnType<typeof groupOf>['behaviour'] } = {}) {
  const told: AgentReport[] = [];
  const learnt: unknown[] = [];
  const oracle = { breaks: 0, ends: () => [end], learn: (ends: unknown) => void learnt.push(ends) };
  const plan = planOf({ users: 6, groups: [groupOf({ users: 6, behaviour })] });
  const share = { plan, process: Math.min(1, processes - 1), processes };
  const exchange = new Exchange({ share, oracle, report: (report) => void told.push(report) });
  const from = (process: number): EndsReport => ({ type: 'ends', process, ends: [end] });
  return { exchange, from, learnt, oracle, told };
}

test('Exchange is complete when every other process has told, however often one does', () => {
  const { exchange, from, learnt } = scene();
  for (const process of [0, 0]) exchange.learn(from(process));
  expect(exchange.isComplete).toBe(false);
  exchange.learn(from(2));
  expect(exchange.isComplete).toBe(true);
  expect(learnt).toEqual([[end], [end], [end]]);
});

test('Exchange.tell() tells once where the publishers stand, and anew after a break', () => {
  const { exchange, oracle, told } = scene();
  for (const breaks of [0, 0, 2, 2]) {
    oracle.breaks = breaks;
    exchange.tell();
  }
  expect(told).toEqual(Array(2).fill({ type: 'ends', process: 1, ends: [end] }));
});

test.each([
  ['is alone', { processes: 1 }],
  ['has no channels', { behaviour: { kind: 'idle' } as const }],
])('Exchange of a process that %s says nothing and waits for nobody', (_what, changes) => {
  const { exchange, told } = scene(changes);
  expect(exchange.isComplete).toBe(true);
  exchange.tell();
  expect(told).toEqual([]);
});
