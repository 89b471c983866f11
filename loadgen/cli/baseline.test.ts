import { Command } from 'commander';
import { expect, test } from 'vitest';
import { addBaseline } from './baseline.ts';

function run(...words: string[]): Promise<unknown> {
  const program = new Command().exitOverride();
  addBaseline(program);
  for (const command of program.commands.flatMap((one) => [one, ...one.commands])) {
    command.exitOverride().configureOutput({ writeErr: () => undefined });
  }
  return program.parseAsync(['baseline', ...words], { from: 'user' });
}

test('addBaseline() wants a file and at least one run', async () => {
  await expect(run('record')).rejects.toThrow("missing required argument 'file'");
  await expect(run('check', 'x', '--runs', '0')).rejects.toThrow('Wanted is 1 or more.');
  await expect(run('record', 'x', '--strict')).rejects.toThrow("unknown option '--strict'");
});

test('addBaseline() says in one sentence which file it cannot read', async () => {
  await expect(run('check', '/nowhere/b.jsonl')).rejects.toMatchObject({
    code: 'RECORD_INVALID',
    message: expect.stringMatching(/^Cannot read baseline "\/nowhere\/b\.jsonl": wanted a file that /),
  });
});
