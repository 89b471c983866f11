import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { loadValue } from './load-value.ts';

const folder = mkdtempSync(join(tmpdir(), 'load-value-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

function written(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

test('loadValue() reads JSON, and what modules of both kinds export', () => {
  expect(loadValue(written('a.json', '{"name":"a"}'))).toEqual({ name: 'a' });
  expect(loadValue(written('b.mjs', 'export const scenario = { name: "b" };'))).toEqual({ name: 'b' });
  expect(loadValue(written('c.cjs', 'module.exports = { scenario: { name: "c" } };'))).toEqual({ name: 'c' });
  expect(loadValue(written('d.mjs', 'export default { name: "d" };'))).toEqual({ name: 'd' });
});

test('loadValue() says in a sentence what is wrong with a file', () => {
  const cases: [string, string, RegExp][] = [
    [
      'broken.json',
      '{\n"name": }',
      /^Cannot read profile file ".*broken\.json": it is not JSON from line 2 on$/,
    ],
    ['empty.mjs', 'export const other = 1;', /: it exports nothing named scenario$/],
    ['nothing.cjs', 'module.exports = null;', /: it exports nothing named scenario$/],
    ['thrown.mjs', 'throw new Error("no way\\nat all");', /: no way$/],
  ];
  for (const [name, text, sentence] of cases) {
    expect(() => loadValue(written(name, text))).toThrow(sentence);
  }
  expect(() => loadValue(join(folder, 'none.json'))).toThrow(/: ENOENT$/);
});
