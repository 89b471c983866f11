import { expect, test } from 'vitest';
import { applyPatch, type Patch, patchSchema } from './patch.ts';

const document = { spec: { replicas: 2, args: ['run', '--users', '10'], labels: { 'a/b': 'c' } } };

test.for<[Patch[number], object]>([
  [
    { op: 'add', path: '/spec/name', value: 'x' },
    { ...document.spec, name: 'x' },
  ],
  [
    { op: 'replace', path: '/spec/replicas', value: 3 },
    { ...document.spec, replicas: 3 },
  ],
  [
    { op: 'remove', path: '/spec/replicas' },
    { args: document.spec.args, labels: { 'a/b': 'c' } },
  ],
  [
    { op: 'replace', path: '/spec/args/2', value: '20' },
    { ...document.spec, args: ['run', '--users', '20'] },
  ],
  [
    { op: 'add', path: '/spec/args/-', value: 'x' },
    { ...document.spec, args: [...document.spec.args, 'x'] },
  ],
  [
    { op: 'add', path: '/spec/args/0', value: 'x' },
    { ...document.spec, args: ['x', ...document.spec.args] },
  ],
  [
    { op: 'remove', path: '/spec/args/1' },
    { ...document.spec, args: ['run', '10'] },
  ],
  [
    { op: 'replace', path: '/spec/labels/a~1b', value: 'd' },
    { ...document.spec, labels: { 'a/b': 'd' } },
  ],
])('applyPatch() does %j', ([operation, spec]) => {
  expect(applyPatch(document, [operation])).toEqual({ spec });
});

test('applyPatch() leaves the document that it is given as it is', () => {
  const before = structuredClone(document);
  applyPatch(document, [{ op: 'remove', path: '/spec/args/0' }]);
  expect(document).toEqual(before);
});

test.for<Patch[number]>([
  { op: 'replace', path: '/spec/replica', value: 3 },
  { op: 'remove', path: '/spec/replica' },
  { op: 'add', path: '/spek/name', value: 'x' },
  { op: 'replace', path: '/spec/args/3', value: 'x' },
  { op: 'replace', path: '/spec/args/-', value: 'x' },
  { op: 'add', path: '/spec/args/5', value: 'x' },
  { op: 'add', path: '/spec/replicas/name', value: 'x' },
  { op: 'replace', path: '/spec/constructor', value: 'x' },
])('applyPatch() refuses %j, which leads nowhere', (operation) => {
  expect(() => applyPatch(document, [operation])).toThrow(
    `Cannot patch "${operation.path}": there is no such place`,
  );
});

test('patchSchema knows what a patch consists of', () => {
  expect(patchSchema.safeParse([{ op: 'move', path: '/a', from: '/b' }]).success).toBe(false);
  expect(patchSchema.safeParse([{ op: 'remove', path: 'a' }]).success).toBe(false);
  expect(patchSchema.safeParse([{ op: 'remove', path: '/a', valeu: 1 }]).success).toBe(false);
});
