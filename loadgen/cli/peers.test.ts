import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { expect, onTestFinished, test } from 'vitest';
import { addPeers } from './peers.ts';

function program(): Command {
  const command = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
  addPeers(command);
  return command;
}

test('addPeers() wants at least one round', async () => {
  const words = ['peers', '--rounds', '0'];
  await expect(program().parseAsync(words, { from: 'user' })).rejects.toThrow('Wanted is 1 or more.');
});

test('addPeers() leaves no folder behind when nothing can be compared', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'peers-cli-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const out = join(folder, 'out');
  const words = ['peers', '--subjects', 'none', '--out', out];
  await expect(program().parseAsync(words, { from: 'user' })).rejects.toMatchObject({
    code: 'OPTION_INVALID',
  });
  expect(existsSync(out)).toBe(false);
});
