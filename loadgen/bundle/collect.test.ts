import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Plan } from '../plan/index.ts';
import { groupOf, planOf } from '../plan/testing.ts';
import { hashOf } from './bundle.ts';
import { collectFiles } from './collect.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'collect-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

function planWith(...files: string[]): Plan {
  const groups = files.map((file, n) =>
    groupOf({ name: `g${n}`, users: 5, behaviour: { kind: 'custom', file, options: null } }),
  );
  return planOf({ users: 5 * files.length, groups });
}

test('collectFiles() follows relative imports, each file once, and leaves the rest of the folder alone', () => {
  write(
    'own/a.mjs',
    "import { b } from './b.mjs';\nimport fs from 'node:fs';\nexport * from '../lib/c.mjs';",
  );
  write('own/b.mjs', "export const b = () => import('../lib/c.mjs');\nimport './a.mjs';");
  write('lib/c.mjs', "import data from './data.json' with { type: 'json' };");
  write('lib/data.json', '{}');
  write('own/secret.mjs', '');
  const { behaviours, files } = collectFiles(planWith('./own/a.mjs'), folder);
  expect(behaviours).toEqual({ './own/a.mjs': 'own/a.mjs' });
  expect(files.map(({ path }) => path)).toEqual(['lib/c.mjs', 'lib/data.json', 'own/a.mjs', 'own/b.mjs']);
  for (const { sha256, base64 } of files) expect(hashOf(Buffer.from(base64, 'base64'))).toBe(sha256);
});

test('collectFiles() does not take types in comments for imports', () => {
  write(
    'a.mjs',
    "/** @type {import('socketcluster-bench/loadgen').OwnBehaviour} */\n// from 'x'\nexport {};",
  );
  expect(collectFiles(planWith('a.mjs'), folder).files).toHaveLength(1);
});

test('collectFiles() refuses what an agent may have in another version, or not at all', () => {
  write('a.mjs', "import lodash from 'lodash';");
  expect(() => collectFiles(planWith('a.mjs'), folder)).toThrow(
    /a\.mjs" to agents: it imports "lodash", wanted /,
  );
  write('b.cjs', "const x = require('left-pad');");
  expect(() => collectFiles(planWith('b.cjs'), folder)).toThrow(/it imports "left-pad"/);
  expect(() => collectFiles(planWith('none.mjs'), folder)).toThrow(/it cannot be read \(ENOENT\)/);
});

test('collectFiles() says how Node is to read what it found', () => {
  write('package.json', '{ "type": "module" }');
  write('own/a.js', '');
  write('own/old/package.json', '{}');
  write('own/old/b.js', '');
  expect(collectFiles(planWith('own/a.js'), folder).modules).toBe('module');
  expect(collectFiles(planWith('own/old/b.js'), folder).modules).toBe('commonjs');
});

test('collectFiles() has nothing to send for behaviours of the house', () => {
  expect(collectFiles(planOf({ users: 5 }), folder)).toEqual({
    behaviours: {},
    files: [],
    modules: 'module',
  });
});
