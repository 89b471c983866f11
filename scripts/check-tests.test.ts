import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { checkTests } from './check-tests.ts';

const roots: string[] = [];

afterEach(async () => {
  await Promise.all(roots.splice(0).map((root) => rm(root, { recursive: true })));
});

async function build(files: Record<string, string>): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'tests-'));
  roots.push(root);
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, file)), { recursive: true });
    await writeFile(join(root, file), text);
  }
  return root;
}

const untested = 'Cannot find a test of "server/broker/ring.ts": wanted ring.test.ts beside it';

test.each([
  'export function ring() {}',
  'export async function ring() {}',
  'export class Ring {}',
  'export const ring = (channel: string) => channel;',
  'export const ring: Ring = async (channel) => channel;',
  'export const ring = channel => channel;',
])('checkTests() asks for a test of %s', async (text) => {
  expect(await checkTests(await build({ 'server/broker/ring.ts': text }), {})).toEqual([untested]);
});

test.each(['export interface Ring {}', 'export const ring = { a: 1 };', `export { a } from './a.ts';`])(
  'checkTests() asks for no test of %s',
  async (text) => {
    expect(await checkTests(await build({ 'server/broker/ring.ts': text }), {})).toEqual([]);
  },
);

test.each(['ring.test.ts', 'ring.cluster.test.ts'])(
  'checkTests() accepts %s beside the source',
  async (name) => {
    const files = { 'server/broker/ring.ts': 'export function ring() {}', [`server/broker/${name}`]: '' };
    expect(await checkTests(await build(files), {})).toEqual([]);
  },
);

test('checkTests() does not accept a test in another folder', async () => {
  const files = { 'server/broker/ring.ts': 'export function ring() {}', 'server/ring.test.ts': '' };
  expect(await checkTests(await build(files), {})).toEqual([untested]);
});

test('checkTests() accepts an excuse only as long as it is needed', async () => {
  const root = await build({ 'server/broker/ring.ts': 'export function ring() {}' });
  expect(await checkTests(root, { 'server/broker/ring.ts': 'a reason' })).toEqual([]);
  await writeFile(join(root, 'server/broker/ring.test.ts'), '');
  expect(await checkTests(root, { 'server/broker/ring.ts': 'a reason' })).toEqual([
    'Cannot excuse "server/broker/ring.ts" from having a test: it needs no excuse any more',
  ]);
});

test('checkTests() counts at most eight sources a folder, without door, main, options and tests', async () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'index', 'main', 'options', 'a.test', 'testing'];
  const files = Object.fromEntries(names.map((name) => [`server/broker/${name}.ts`, '']));
  expect(await checkTests(await build(files), {})).toEqual([]);
  expect(await checkTests(await build({ ...files, 'server/broker/i.ts': '' }), {})).toEqual([
    'Cannot survey the folder "server/broker": it has 9 sources, wanted at most 8',
  ]);
});

test('checkTests() counts at most 250 lines a source, also those of comments, and any number of a test', async () => {
  const lines = (count: number): string => `/*\n${'a\n'.repeat(count - 2)}*/\n`;
  const files = { 'server/ring.ts': lines(250), 'server/ring.test.ts': lines(900) };
  expect(await checkTests(await build(files), {})).toEqual([]);
  expect(await checkTests(await build({ ...files, 'server/index.ts': lines(251) }), {})).toEqual([
    'Cannot survey the file "server/index.ts": it has 251 lines, wanted at most 250',
  ]);
});

test('checkTests() finds fault with a tree that has no sources', async () => {
  expect(await checkTests(await build({}), {})).toEqual([expect.stringContaining('no source was found')]);
});
