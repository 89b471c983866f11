import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Promised {
  what: string;
  /** Below `server/`. */
  file: string;
  title: string;
}

/** What PROMISES.md says is held by which tests. */
function readPromises(): Promised[] {
  const lines = readFileSync(new URL('PROMISES.md', import.meta.url), 'utf8').split('\n');
  const rows = lines.filter((line) => line.startsWith('| ') && !/^\| (---|.* \| Held by)/.test(line));
  return rows.flatMap((row) => {
    const [, what = '', held = ''] = row.split(' | ').join('|').split('|');
    return held.split('<br>').map((test) => {
      const [, file = '', title = ''] = /^`(.+?)`: (.+?) ?$/.exec(test) ?? [];
      return { what: what.trim(), file, title };
    });
  });
}

/** Whether a test file has a title, in whatever quotes it stands. */
function hasTitle(file: string, title: string): boolean {
  const source = readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');
  return [`'${title}'`, `"${title}"`, `\`${title}\``].some((quoted) => source.includes(quoted));
}

const promises = readPromises();

test('PROMISES.md names a test for each of its lines', () => {
  expect(promises.length).toBeGreaterThan(70);
  expect(promises.filter(({ file, title }) => file === '' || title === '')).toEqual([]);
});

test('PROMISES.md names no test that does not exist', () => {
  expect(promises.filter(({ file, title }) => !hasTitle(file, title))).toEqual([]);
  expect(hasTitle('conformance/promises.test.ts', ['no such', 'title'].join(' '))).toBe(false);
});
