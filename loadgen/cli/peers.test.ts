import { Command } from 'commander';
import { expect, test } from 'vitest';
import { addPeers } from './peers.ts';

test('addPeers() wants at least one round', async () => {
  const program = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
  addPeers(program);
  const words = ['peers', '--rounds', '0'];
  await expect(program.parseAsync(words, { from: 'user' })).rejects.toThrow('Wanted is 1 or more.');
});
