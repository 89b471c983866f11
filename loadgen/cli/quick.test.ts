import { Command } from 'commander';
import { expect, test } from 'vitest';
import { addQuick } from './quick.ts';

const URL = 'ws://127.0.0.1:1/';

test.each([
  [['--users', '0', URL], "'0' is invalid", '1 or more'],
  [['--driver', 'pigeon', URL], "'pigeon' is invalid", 'socketcluster, socketcluster-client, websocket'],
  [[URL, URL], 'too many arguments', 'Expected 1'],
  [[], 'missing required argument', 'url'],
])('addQuick() refuses %j in one sentence', async (words, ...parts) => {
  let said = '';
  const program = new Command().exitOverride().configureOutput({
    writeErr: (text) => {
      said += text;
    },
  });
  addQuick(program);
  await expect(program.parseAsync(['quick', ...words], { from: 'user' })).rejects.toThrow();
  for (const part of parts) expect(said).toContain(part);
  expect(said.trimEnd().split('\n')).toHaveLength(1);
});

test('addQuick() refuses a header in a sentence that does not quote it: it may be a secret', async () => {
  const program = new Command().exitOverride();
  addQuick(program);
  const quick = program.parseAsync(['quick', '--header', 'none', URL], { from: 'user' });
  await expect(quick).rejects.toMatchObject({
    exitCode: 2,
    message: "Cannot read --header: wanted is 'Name: value'",
  });
});

test('addQuick() refuses a rate of none by its name', async () => {
  const program = new Command().exitOverride();
  addQuick(program);
  const quick = program.parseAsync(['quick', '--quiet', '-R', '0', URL], { from: 'user' });
  await expect(quick).rejects.toMatchObject({
    code: 'OPTION_INVALID',
    message: 'Cannot run scenario "quick": "rate" is 0, wanted messages per second, more than 0',
  });
});

test('addQuick() refuses what is no WebSocket before anything is connected', async () => {
  const program = new Command().exitOverride();
  addQuick(program);
  const quick = program.parseAsync(['quick', 'http://127.0.0.1:1/'], { from: 'user' });
  await expect(quick).rejects.toMatchObject({ code: 'OPTION_INVALID' });
});
