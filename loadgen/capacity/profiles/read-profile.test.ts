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

test('readProfile() finds those of the house by name', async () => {
  expect(await readProfile('chat')).toMatchObject({ name: 'chat', behaviour: { kind: 'channels' } });
});

test('readProfile() names all there are when there is none, and what was meant', async () => {
  await expect(readProfile('chatt')).rejects.toThrow(
    'Cannot use profile "chatt": no such profile or file, wanted is one of chat, ticker, presence, game, idle, 42k or a file; did you mean "chat"?',
  );
  await expect(readProfile('./none.json')).rejects.toThrow(/^Cannot use profile ".\/none.json": no such/);
  for (const name of [folder, 'toString'])
    await expect(readProfile(name)).rejects.toMatchObject({ code: 'OPTION_INVALID' });
});

test('readProfile() reads a file, named after it unless it says otherwise', async () => {
  const behaviour = { kind: 'calls', event: 'add', payload: 1, every: 5 };
  const path = written('mine.json', JSON.stringify({ behaviour, controller: './mine.js' }));
  expect(await readProfile(path)).toEqual({
    name: 'mine',
    question: 'What users of "mine" do.',
    users: 1,
    behaviour,
    controller: './mine.js',
    folder,
    options: {},
  });
});

test('readProfile() takes the users of a scenario and leaves what else it says', async () => {
  expect(await readProfile('channels')).toMatchObject({
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
  expect(await readProfile(path)).toEqual({
    ...{ name: 'own', question: 'Why?', users: 5, behaviour: { kind: 'idle' } },
    ...{ controller: './c.js', folder, options: { pingInterval: 9_000 } },
  });
});

test('readProfile() says why users of a scenario cannot be planned with', async () => {
  await expect(readProfile('chat-rooms')).rejects.toThrow(/^Cannot use profile "chat-rooms": .*Zipf/);
  await expect(readProfile('calls')).rejects.toThrow(/"model" "closed", wanted "open"/);
  await expect(readProfile(entry('scenarios/presence.js'))).rejects.toThrow(/"rates" is missing/);
});

test('readProfile() says what is wrong with a file, as whoever reads scenarios does', async () => {
  await expect(readProfile(written('broken.json', '{\n"name": }'))).rejects.toThrow(
    /broken\.json": it is not JSON from line 2 on$/,
  );
  await expect(readProfile(written('none.mjs', 'export const other = 1;'))).rejects.toThrow(
    /exports nothing named scenario$/,
  );
});
