import { expect, test } from 'vitest';
import { tableOf } from './socket-table.ts';

test('tableOf() shows a Map as a Map', () => {
  const table = tableOf(new Map([['a', 1]]));
  expect([table.get('a'), table.size, table.has('b'), [...table]]).toEqual([1, 1, false, [['a', 1]]]);
  expect([...table.values()]).toEqual([1]);
});

test('tableOf() shows it as a plain object too', () => {
  const sockets = new Map([['a', 1]]);
  const table = tableOf(sockets);
  sockets.set('b', 2);
  const ids: string[] = [];
  for (const id in table) {
    ids.push(id);
  }
  expect(ids).toEqual(['a', 'b']);
  expect([table['a'], table['c'], 'b' in table, 'c' in table]).toEqual([1, undefined, true, false]);
  expect([Object.keys(table), Object.values(table)]).toEqual([
    ['a', 'b'],
    [1, 2],
  ]);
  expect({ ...table }).toEqual({ a: 1, b: 2 });
});
