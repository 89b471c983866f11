import { expect, test } from 'vitest';
import type { AgentReport } from '../messages.ts';
import { Spreads } from './spreads.ts';

const spread = { channel: 3, publisher: 7, delivered: 2, first: 0.001, median: 0.002, last: 0.0045 };

function scene(processes: number) {
  const [recorded, told]: [object[], AgentReport[]] = [[], []];
  const recorder = { spread: (one: object) => void recorded.push(one) };
  const report = (one: AgentReport) => void told.push(one);
  return { recorded, told, spreads: new Spreads({ share: { process: 1, processes }, recorder, report }) };
}

test('Spreads records them where there is one load process', () => {
  const { recorded, told, spreads } = scene(1);
  spreads.take({ ...spread, sequence: 0 });
  spreads.tell(true);
  expect(recorded).toEqual([{ ...spread, sequence: 0 }]);
  expect(told).toEqual([]);
});

test('Spreads tells the coordinator of several, some at a time, and that nothing more comes', () => {
  const { recorded, told, spreads } = scene(2);
  spreads.tell();
  for (let sequence = 0; sequence < 65; sequence += 1) spreads.take({ ...spread, sequence });
  expect(told).toMatchObject([{ type: 'spreads', process: 1, isLast: false }]);
  spreads.tell(true);
  const all = told.flatMap((one) => (one.type === 'spreads' ? one.spreads : []));
  expect(all).toHaveLength(65);
  expect(all.at(-1)).toEqual([3, 7, 64, 2, 1_000, 2_000, 4_500]);
  expect(told[1]).toMatchObject({ isLast: true });
  expect(recorded).toEqual([]);
});
