import { Command } from 'commander';
import { expect, test } from 'vitest';
import { addSelftest } from './selftest.ts';

function program(): Command {
  const made = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
  addSelftest(made);
  return made;
}

test('addSelftest() wants a whole number for a seed', async () => {
  const words = ['selftest', '--seed', 'x'];
  await expect(program().parseAsync(words, { from: 'user' })).rejects.toThrow('Wanted is a whole number.');
});

test('addSelftest() names the servers when one is asked for that there is not', async () => {
  const words = ['selftest', '--only', 'nosuch', '--quiet'];
  await expect(program().parseAsync(words, { from: 'user' })).rejects.toThrow('one of one-stall');
});
