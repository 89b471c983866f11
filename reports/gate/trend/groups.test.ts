import { expect, test } from 'vitest';
import { groupChanges } from './groups.ts';

test('groupChanges() puts changes together that are one point apart, whatever their order', () => {
  const changes = [
    { metric: 'p50', at: 8 },
    { metric: 'cpu', at: 7 },
    { metric: 'cpu', at: 30 },
  ];
  expect(groupChanges(changes)).toEqual([
    { from: 7, to: 8, changes: [changes[1], changes[0]] },
    { from: 30, to: 30, changes: [changes[2]] },
  ]);
});

test('groupChanges() does not string distant changes together', () => {
  const groups = groupChanges([7, 8, 9].map((at) => ({ metric: `m${at}`, at })));
  expect(groups.map(({ from, to }) => [from, to])).toEqual([
    [7, 8],
    [9, 9],
  ]);
});
