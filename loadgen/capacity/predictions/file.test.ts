import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { appendToFile, readFile } from './file.ts';
import { lineOfPrediction } from './lines.ts';
import { aPrediction } from './testing.ts';

const [first, second] = ['first', 'second'].map((subject) => lineOfPrediction(aPrediction({ subject })));

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'predictions-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** A file of two lines. */
function aFile(): string {
  const path = join(aFolder(), 'deep', 'predictions.jsonl');
  for (const line of [first!, second!]) appendToFile(path, line);
  return path;
}

test('readFile() reads what appendToFile() appended, in its order', () => {
  expect(readFile(aFile())).toEqual([first, second]);
});

test('readFile() passes over a last line cut anywhere, and the next one is appended behind the whole ones', () => {
  const whole = readFileSync(aFile(), 'utf8');
  const end = whole.indexOf('\n') + 1;
  for (const length of [end + 1, end + 40, whole.length - 2]) {
    const path = aFile();
    writeFileSync(path, whole.slice(0, length));
    expect(readFile(path)).toEqual([first]);
    appendToFile(path, second!);
    expect(readFileSync(path, 'utf8')).toBe(whole);
  }
});

test('readFile() takes a last line that only lacks its end', () => {
  const path = aFile();
  writeFileSync(path, readFileSync(path, 'utf8').trimEnd());
  expect(readFile(path)).toEqual([first, second]);
  appendToFile(path, lineOfPrediction(aPrediction()));
  expect(readFile(path)).toHaveLength(3);
});

test.each([
  ['another median', '"median":5800', '"median":5900'],
  ['another subject', '"subject":"first"', '"subject":"other"'],
  ['something added', '"grade":', '"seed":1,"grade":'],
  ['something left out of what it was made from', /"from":\[.*\]/, '"from":[]'],
])('readFile() refuses a line with %s', (_, from, to) => {
  const path = aFile();
  writeFileSync(path, readFileSync(path, 'utf8').replace(from, to));
  expect(() => readFile(path)).toThrow(
    new RegExp(
      `^Cannot read line 1 of predictions ".+": its text has the hash \\w{64}, wanted ${first!.hash}: it was changed after it was written$`,
    ),
  );
});

test.each([
  ['half a line between others', '{"type":"predic'],
  ['a newer version', JSON.stringify({ ...lineOfPrediction(aPrediction()), version: 2 })],
  ['a foreign line', '{"type":"window"}'],
])('readFile() refuses %s', (_, text) => {
  const path = aFile();
  appendFileSync(path, `${text}\n`);
  expect(() => readFile(path)).toThrow(
    `Cannot read line 3 of predictions "${path}": wanted a prediction or measurement of version 1 or older`,
  );
});

test('readFile() and appendToFile() say in one sentence what is wrong with a place', () => {
  const folder = aFolder();
  expect(() => readFile(join(folder, 'none'))).toThrow(
    `Cannot read predictions "${join(folder, 'none')}": wanted a file that exists`,
  );
  expect(() => readFile('/dev/zero')).toThrow(
    'Cannot read predictions "/dev/zero": wanted a file that exists',
  );
  expect(() => appendToFile('/dev/full', first!)).toThrow(
    'Cannot write predictions "/dev/full": no space left; the lines before are kept',
  );
  expect(() => appendToFile(folder, first!)).toThrow(
    `Cannot write predictions "${folder}": wanted a file that can be appended to (EISDIR)`,
  );
});
