import { Command } from 'commander';
import { expect, test } from 'vitest';
import { addDoctor } from './doctor.ts';

test('addDoctor() refuses what is no number of users', async () => {
  const program = new Command().exitOverride().configureOutput({ writeErr() {} });
  addDoctor(program);
  for (const command of program.commands) command.exitOverride().configureOutput({ writeErr() {} });
  await expect(program.parseAsync(['doctor', '--users', 'many'], { from: 'user' })).rejects.toThrow(/users/);
});
