import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Plan } from '../plan/index.ts';
import { groupOf, planOf } from '../plan/testing.ts';
import { type Bundle, seal } from './bundle.ts';
import { bundleOf } from './testing.ts';
import { unpack } from './unpack.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'unpack-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function customPlan(file: string): Plan {
  return planOf({
    users: 5,
    groups: [groupOf({ users: 5, behaviour: { kind: 'custom', file, options: null } })],
  });
}

test('unpack() writes the files of a bundle and has its behaviours point at them', () => {
  const bundle = bundleOf(
    { plan: customPlan('./x/a.mjs'), behaviours: { './x/a.mjs': 'x/a.mjs' } },
    { 'x/a.mjs': '1' },
  );
  const { plan, planHash } = unpack(seal(bundle), folder);
  const file = join(folder, 'x/a.mjs');
  expect(plan.groups[0]?.behaviour).toMatchObject({ file });
  expect(readFileSync(file, 'utf8')).toBe('1');
  expect(readFileSync(join(folder, 'package.json'), 'utf8')).toBe('{"type":"module"}');
  expect(planHash).toBe(bundle.planHash);
});

test('unpack() takes no other text than the one agreed to', () => {
  const { text, hash } = seal(bundleOf());
  expect(() => unpack({ text: text.replace('"seed":1', '"seed":2'), hash }, folder)).toThrow(
    /^Cannot take the bundle: its hash is [0-9a-f]{64}, wanted is [0-9a-f]{64}$/,
  );
});

test.each<[string, Partial<Bundle>, Record<string, string>, RegExp]>([
  [
    'a schedule that comes out otherwise',
    { planHash: 'abc' },
    {},
    /its schedule has hash \w+ on this host, wanted is abc/,
  ],
  ['a way up', {}, { '../a.mjs': '' }, /it has a file "\.\.\/a\.mjs"/],
  ['a way up from below', {}, { 'x/../../a.mjs': '' }, /wanted is a path below its own folder/],
  ['an absolute path', {}, { '/etc/a': '' }, /it has a file "\/etc\/a"/],
  ['a path with a zero', {}, { 'a\0.mjs': '' }, /it has a file/],
  ['another package.json', {}, { 'package.json': '{}' }, /it has a file "package\.json"/],
  [
    'a file with other bytes',
    { files: [{ path: 'a.mjs', sha256: 'abc', base64: '' }] },
    {},
    /its file "a\.mjs" has hash \w+, wanted is abc/,
  ],
  [
    'a behaviour of this host',
    { plan: customPlan('/bin/evil.mjs') },
    {},
    /its behaviour "\/bin\/evil\.mjs" is not among/,
  ],
  [
    'a behaviour that is called like what every object has',
    { plan: customPlan('toString') },
    {},
    /its behaviour "toString" is not among its files/,
  ],
  [
    'a behaviour that is in no file',
    { plan: customPlan('./a.mjs'), behaviours: { './a.mjs': 'b.mjs' } },
    { 'a.mjs': '' },
    /its behaviour "\.\/a\.mjs" is not among its files/,
  ],
])('unpack() refuses %s, and writes nothing', (_, changes, files, message) => {
  expect(() => unpack(seal(bundleOf(changes, files)), folder)).toThrow(message);
  expect(readdirSync(folder)).toEqual([]);
  expect(existsSync(join(folder, '../a.mjs'))).toBe(false);
});
