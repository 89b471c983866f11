import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { folderName, makeFolder, makeNewFolder, refuseOlderResults } from './folder.ts';

const root = mkdtempSync(join(tmpdir(), 'folder-test-'));
afterAll(() => rmSync(root, { recursive: true }));

test('makeFolder() makes a folder with all it lies in, and takes one that is there', () => {
  const folder = join(root, 'a', 'b', 'c');
  expect(makeFolder(folder)).toBe(folder);
  expect(statSync(folder).isDirectory()).toBe(true);
  expect(makeFolder(folder)).toBe(folder);
});

test('makeFolder() refuses what is no folder and cannot become one, and ends in /proc', () => {
  const file = join(root, 'file');
  writeFileSync(file, '');
  for (const folder of [file, join(file, 'below'), '/proc/nowhere', '/proc/nowhere/below']) {
    expect(() => makeFolder(folder)).toThrow(`Cannot write results to "${folder}"`);
  }
});

test.each([
  ['42k-users', '42k-users'],
  ['../../up', '..-..-up'],
  ['a / b: c?', 'a-b-c-'],
  ['é'.repeat(300), 'é'.repeat(50)],
])('folderName() makes one name of the second and of "%s"', (of, shown) => {
  expect(folderName('2001-02-03T04:05:06.789Z', of)).toBe(`2001-02-03T04-05-06Z-${shown}`);
});

test('makeNewFolder() gives everybody a folder of their own, also where a file has the name', () => {
  const name = join(root, 'new', 'run');
  expect([1, 2, 3].map(() => makeNewFolder(name))).toEqual([name, `${name}-2`, `${name}-3`]);
  expect(readdirSync(join(root, 'new'))).toEqual(['run', 'run-2', 'run-3']);
  writeFileSync(join(root, 'taken'), '');
  expect(makeNewFolder(join(root, 'taken'))).toBe(join(root, 'taken-2'));
  expect(() => makeNewFolder('/proc/nowhere/run')).toThrow('Cannot write results to "/proc/nowhere"');
});

test('refuseOlderResults() says what is there and what would be right, and takes everything else', () => {
  const folder = makeNewFolder(join(root, 'results'));
  const names = ['run.jsonl', 'report.html'];
  writeFileSync(join(folder, 'scenario.json'), '');
  expect(() => refuseOlderResults(folder, names)).not.toThrow();
  expect(() => refuseOlderResults(join(folder, 'none'), names)).not.toThrow();
  writeFileSync(join(folder, 'report.html'), '');
  expect(() => refuseOlderResults(folder, names)).toThrow(
    expect.objectContaining({
      exitCode: 104,
      message: `Cannot write results to "${folder}": it holds the report.html of an older result, wanted is another folder, or no --out for a new one`,
    }),
  );
});
