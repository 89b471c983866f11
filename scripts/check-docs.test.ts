import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { catalogue } from '../server/errors/index.ts';
import { objects } from '../server/migration/index.ts';
import { retired, schema } from '../server/options/index.ts';
import { checkDocs, replaceTable } from './check-docs.ts';

const documents = {
  'README.md': '# Project\n<!-- exit codes -->\n<!-- /exit codes -->\nlast words\n',
  'CONTRIBUTING.md': '<!-- errors -->\n<!-- /errors -->\n',
  'server/README.md': '<!-- options -->\n<!-- /options -->\n',
  'server/options/README.md': '<!-- retired -->\n<!-- /retired -->\n',
  'server/client/README.md': '<!-- options -->\n<!-- /options -->\n<!-- events -->\n<!-- /events -->\n',
  'server/client/options.ts':
    'export interface ClientOptions {\n  /** Public port. Default: 80. */\n  port?: number;\n}\n',
  'server/client/contract.ts':
    'export interface LocalEvents {\n  /** It ended. */\n  close: [code: number, data: unknown];\n}\n',
  'server/MIGRATION.md': '<!-- names -->\n<!-- /names -->\n<!-- missing names -->\n<!-- /missing names -->\n',
};

async function build(files: Record<string, string>): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'docs-'));
  onTestFinished(() => rm(root, { recursive: true }));
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, file)), { recursive: true });
    await writeFile(join(root, file), text);
  }
  return root;
}

test('checkDocs() names every table that is not fresh, and none after they were written', async () => {
  const root = await build(documents);
  expect(await checkDocs(root)).toEqual([
    expect.stringContaining('"exit codes" in "README.md"'),
    expect.stringContaining('"errors" in "CONTRIBUTING.md"'),
    expect.stringContaining('"options" in "server/README.md"'),
    expect.stringContaining('"retired" in "server/options/README.md"'),
    expect.stringContaining('"options" in "server/client/README.md"'),
    expect.stringContaining('"events" in "server/client/README.md"'),
    expect.stringContaining('"names" in "server/MIGRATION.md"'),
    expect.stringContaining('"missing names" in "server/MIGRATION.md"'),
  ]);
  expect(await checkDocs(root, { write: true })).toEqual([]);
  expect(await checkDocs(root)).toEqual([]);
});

test('checkDocs() writes every error, every exit code and every option, those that were too', async () => {
  const root = await build(documents);
  await checkDocs(root, { write: true });
  const [readme, contributing, server, options, client] = await Promise.all(
    Object.keys(documents).map((file) => readFile(join(root, file), 'utf8')),
  );
  const migration = await readFile(join(root, 'server/MIGRATION.md'), 'utf8');
  for (const [code, { exit, remedy }] of Object.entries(catalogue)) {
    expect(readme).toMatch(new RegExp(`^\\| ${exit} \\| .*\`${code}\``, 'm'));
    expect(contributing).toContain(`| \`${code}\` | ${exit} |`);
    expect(contributing).toContain(`| ${remedy} |`);
  }
  for (const option of Object.keys(schema.shape)) expect(server).toContain(`| \`${option}\` | `);
  for (const [object, { has, lacks }] of Object.entries(objects)) {
    for (const name of has) expect(migration).toMatch(new RegExp(`^\\| ${object} \\| .*\`${name}\``, 'm'));
    for (const why of Object.values(lacks)) expect(migration).toContain(`| ${why} |`);
  }
  for (const [name, { why }] of retired) expect(options).toContain(`| \`${name}\` | ${why} |`);
  expect(server).toContain('| `workerController` | required |');
  expect(server).toContain('| `port` | `8000` |');
  expect(client).toContain('| `port` | Public port. Default: 80. |');
  expect(client).toContain('| `close` | code, data | It ended. |');
  expect(readme).toMatch(/^# Project\n[\s\S]*\nlast words\n$/);
});

test('checkDocs() notices one changed figure in a table', async () => {
  const root = await build(documents);
  await checkDocs(root, { write: true });
  const fresh = await readFile(join(root, 'server/README.md'), 'utf8');
  await writeFile(join(root, 'server/README.md'), fresh.replace('`8000`', '`8001`'));
  expect(await checkDocs(root)).toEqual([expect.stringContaining('"options" in "server/README.md"')]);
});

test('checkDocs() names a document that lost the place of its table', async () => {
  const root = await build({ ...documents, 'CONTRIBUTING.md': 'No markers' });
  expect(await checkDocs(root, { write: true })).toEqual([
    'Cannot find the table "errors" in "CONTRIBUTING.md": wanted its two markers',
  ]);
});

test('checkDocs() wants a comment above each member of which it makes a table', async () => {
  const options = 'export interface ClientOptions {\n  port?: number;\n}\n';
  const root = await build({ ...documents, 'server/client/options.ts': options });
  await expect(checkDocs(root)).rejects.toThrow(/^Cannot make a table of ClientOptions/);
});

test('checkDocs() allows a README sixty lines besides its tables', async () => {
  const lines = (count: number) => 'line\n'.repeat(count);
  const root = await build({ ...documents, 'loadgen/README.md': lines(60), 'reports/README.md': lines(61) });
  await checkDocs(root, { write: true });
  expect(await checkDocs(root)).toEqual([
    'Cannot read "reports/README.md" at one glance: it has 61 lines, wanted at most 60',
  ]);
});

test('replaceTable() changes what is between the markers and nothing else', () => {
  expect(replaceTable('a\n<!-- t -->\nold\n<!-- /t -->\nb', 't', 'new\n')).toBe(
    'a\n<!-- t -->\n\nnew\n\n<!-- /t -->\nb',
  );
  expect(replaceTable('a\n<!-- t -->\nold', 't', 'new')).toBeUndefined();
});

test('checkDocs() names links and sources that are not there', async () => {
  const root = await build({
    ...documents,
    'server/worker/code.ts': '',
    'server/worker/README.md': [
      'See [code](code.ts#L1), [gone](gone.ts), [site](https://example.org/x) and [below](#below),',
      '`worker/code.ts`, `server/worker/code.ts`, `../worker/code.ts`, `worker/lost.ts`, `code.ts` and `npx run a/b`.',
    ].join('\n'),
  });
  expect(await checkDocs(root, { write: true })).toEqual([
    'Cannot find "gone.ts", which "server/worker/README.md" names: wanted a file that is there',
    'Cannot find "worker/lost.ts", which "server/worker/README.md" names: wanted a file that is there',
  ]);
});
