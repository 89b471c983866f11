import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readProfile } from './read-profile.ts';

const folder = mkdtempSync(join(tmpdir(), 'read-profile-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

const mine = {
  name: 'mine',
  question: 'Who is it?',
  behaviour: { kind: 'calls', payload: { a: 1 }, every: 2 },
};

function fileOf(text: string): string {
  const path = join(folder, 'mine.json');
  writeFileSync(path, text);
  return path;
}

test('readProfile() finds those of the house by name', () => {
  expect(readProfile('chat')).toMatchObject({ name: 'chat', behaviour: { kind: 'channels' } });
});

test('readProfile() reads a file, whose application is found from where it lies', () => {
  const profile = readProfile(fileOf(JSON.stringify({ ...mine, controller: './app.js' })));
  expect(profile).toMatchObject({ ...mine, folder, controller: join(folder, 'app.js') });
  expect(readProfile(fileOf(JSON.stringify(mine))).controller).toMatch(/controllers\/calls\.js$/);
});

test('readProfile() suggests what was meant', () => {
  expect(() => readProfile('chatt')).toThrow(
    'Cannot use profile "chatt": wanted is one of chat, ticker, presence, game, idle, 42k, or a JSON file; did you mean "chat"?',
  );
});

test.each([
  ['no JSON', '{', /^Cannot use profile ".*mine\.json": it is not JSON$/],
  ['a word too many', JSON.stringify({ ...mine, users: 3 }), /Unrecognized key: "users"$/],
  [
    'no time',
    JSON.stringify({ ...mine, behaviour: { ...mine.behaviour, every: 0 } }),
    /"behaviour\.every" is wrong: /,
  ],
  [
    'another kind',
    JSON.stringify({ ...mine, behaviour: { kind: 'custom' } }),
    /"behaviour\.kind" is wrong: /,
  ],
])('readProfile() refuses a file with %s in a sentence', (_, text, sentence) => {
  expect(() => readProfile(fileOf(text))).toThrow(sentence);
});

test('readProfile() refuses a file that is not there', () => {
  expect(() => readProfile(join(folder, 'none.json'))).toThrow('wanted a file that can be read');
});
