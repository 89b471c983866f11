import { Command } from 'commander';
import { expect, test } from 'vitest';
import { addAgent } from './agent.ts';

test.each(['', ' ', 'a\nb', '\u001b[31mred', 'x'.repeat(65)])(
  'addAgent() refuses name %j, which nobody could use',
  async (name) => {
    let said = '';
    const program = new Command().exitOverride().configureOutput({
      writeErr: (text) => {
        said += text;
      },
    });
    addAgent(program);
    const words = ['agent', '--nats', 'nats://127.0.0.1:1', '--name', name];
    await expect(program.parseAsync(words, { from: 'user' })).rejects.toThrow();
    expect(said).toContain('Wanted are 1 to 64 characters that can be seen.');
  },
);
