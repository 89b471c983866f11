import { expect, test } from 'vitest';
import { KeyTree } from './key-tree.ts';
import { isOperation, type Operation, operate } from './operations.ts';

const treeOf = (list: unknown): KeyTree => {
  const tree = new KeyTree({ now: () => 0 });
  tree.set(['list'], list);
  return tree;
};

test.each<[Operation, unknown[], unknown, unknown]>([
  ['get', [], [1, 2, 3], [1, 2, 3]],
  ['hasKey', [], true, [1, 2, 3]],
  ['count', [], 3, [1, 2, 3]],
  ['getRange', [1], [2, 3], [1, 2, 3]],
  ['getRange', [0, 1], [1], [1, 2, 3]],
  ['set', ['x'], undefined, 'x'],
  ['add', [[4]], undefined, [1, 2, 3, [4]]],
  ['concat', [[4, 5]], undefined, [1, 2, 3, 4, 5]],
  ['remove', [], [1, 2, 3], undefined],
  ['removeRange', [0, 2], [1, 2], [3]],
  ['removeRange', [1, null], [2, 3], [1]],
  ['pop', [], 3, [1, 2]],
  ['splice', [1, 1, ['x', 'y']], [2], [1, 'x', 'y', 3]],
  ['splice', [null, null, null], [1, 2, 3], []],
  ['expire', [5], true, [1, 2, 3]],
  ['unexpire', [], false, [1, 2, 3]],
  ['getExpiry', [], null, [1, 2, 3]],
])('operate() carries out %s with %j', (operation, values, answer, left) => {
  const tree = treeOf([1, 2, 3]);
  expect(operate(tree, operation, ['list'], values)).toEqual(answer);
  expect(tree.get(['list'])).toEqual(left);
});

test.each<[Operation, unknown[], string]>([
  ['getRange', ['1'], 'Cannot use "1" as "from": wanted an integer'],
  ['splice', [0.5], 'Cannot use 0.5 as "index": wanted an integer'],
  ['splice', [0, 1, 'x'], 'Cannot use "x" as "items": wanted a list'],
  ['concat', [{ length: 1 }], 'Cannot use {"length":1} as "values": wanted a list'],
  ['expire', [-1], 'Cannot use -1 as "seconds": wanted a number from 0 on'],
  ['expire', ['soon'], 'Cannot use "soon" as "seconds": wanted a number from 0 on'],
])('operate() refuses %s with %j', (operation, values, message) => {
  const tree = treeOf([1]);
  expect(() => operate(tree, operation, ['list'], values)).toThrow(message);
  expect(tree.get(['list'])).toEqual([1]);
});

test('isOperation() knows operations and nothing that objects bring along', () => {
  expect(['get', 'run', 'exec', 'constructor', '__proto__'].map(isOperation)).toEqual([
    true,
    false,
    false,
    false,
    false,
  ]);
});
