import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { entry } from '../../../server/process/index.ts';
import { readProfile } from './read-profile.ts';

const folder = mkdtempSync(join(tmpdir(), 'profiles-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

function written(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

test('readProfile() finds those of the house by name', () => {
  expect(readProfile('chat')).toMatchObject({ name: 'chat', behaviour: { kind: 'channels' } });
});

test('readProfile() names all there are when there is none, and what was meant', () => {
  expect(() => readProfile('chatt')).toThrow(
    'Cannot use profile "chatt": no such profile or file, wanted is one of chat, ticker, presence, game, idle, 42k or a file; did you mean "chat"?',
  );
  expect(() => readProfile('./none.json')).toThrow(/^Cannot use profile ".\/none.json": no such/);
  expect(() => readProfile(folder)).toThrow(/: no such profile or file/);
  expect(() => readProfile('toString')).toThrow(/: no such profile or file/);
});

test('readProfile() reads a file, named after it unless it says otherwise', () => {
  const behaviour = { kind: 'calls', event: 'add', payload: 1, every: 5 };
  const path = written('mine.json', JSON.stringify({ behaviour, controller: './mine.js' }));
  expect(readProfile(path)).toEqual({
    name: 'mine',
    question: 'What users of "mine" do.',
    users: 1,
    behaviour,
    controller: './mine.js',
    folder,
    options: {},
  });
});

test('readProfile() takes the users of a scenario and leaves what else it says', () => {
  expect(readProfile(entry('scenarios/channels.js'))).toMatchObject({
    name: 'channels',
    users: 2_000,
    behaviour: { kind: 'channels' },
    controller: './controllers/channels.js',
    folder: entry('scenarios'),
  });
  const path = written(
    'own.mjs',
    `export default { name: 'own', question: 'Why?', users: 5, ramp: 5, duration: 1, behaviour: { kind: 'idle' },
      target: { workers: 1, brokers: 1, controller: './c.js', options: { pingInterval: 9000 } }, rules: [] };`,
  );
  expect(readProfile(path)).toEqual({
    ...{ name: 'own', question: 'Why?', users: 5, behaviour: { kind: 'idle' } },
    ...{ controller: './c.js', folder, options: { pingInterval: 9_000 } },
  });
});

test('readProfile() says why users of a scenario cannot be planned with', () => {
  expect(() => readProfile(entry('scenarios/chat-rooms.js'))).toThrow(
    /^Cannot use profile "chat-rooms": .*Zipf/,
  );
  expect(() => readProfile(entry('scenarios/calls.js'))).toThrow(/"model" "closed", wanted "open"/);
  expect(() => readProfile(entry('scenarios/presence.js'))).toThrow(/"rates" is missing/);
});
