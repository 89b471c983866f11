import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countNodes, indexOf, toNode, toValue } from './node.ts';

test('toValue() gives back what toNode() was given, whatever its keys are', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      const value = JSON.parse(text);
      expect(JSON.stringify(toValue(toNode(value)))).toBe(JSON.stringify(value));
    }),
  );
  const value = JSON.parse('{"__proto__":{"polluted":true},"constructor":1}');
  const back = toValue(toNode(value)) as object;
  expect(Object.keys(back)).toEqual(['__proto__', 'constructor']);
  expect('polluted' in back).toBe(false);
});

test('toNode() makes null of what JSON does not know', () => {
  expect([undefined, Symbol('a'), () => 1].map((value) => toNode(value))).toEqual([null, null, null]);
});

test('countNodes() counts every value, list and branch', () => {
  expect(countNodes(toNode({ a: [1, { b: null }], c: '' }))).toBe(6);
});

test.each([
  ['0', 0],
  ['3', 3],
  ['4', undefined],
  ['-1', undefined],
  ['01', undefined],
  ['1.0', undefined],
  ['', undefined],
  ['length', undefined],
])('indexOf() reads %j of a list of four as %s', (key, wanted) => {
  expect(indexOf(key, 3)).toBe(wanted);
});
