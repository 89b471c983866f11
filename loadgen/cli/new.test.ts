import { Command } from 'commander';
import { expect, test } from 'vitest';
import { addNew } from './new.ts';

test('addNew() names its templates to whoever asks for another', async () => {
  const program = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
  addNew(program);
  const words = ['new', 'mine', '--template', 'telepathy'];
  await expect(program.parseAsync(words, { from: 'user' })).rejects.toThrow(
    'ping-pong, calls, channels, chat, custom',
  );
});
