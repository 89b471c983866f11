/** Whether the bench's own command line takes the arguments that a manifest or a unit gives it. */
import { Command } from 'commander';
import * as commands from '../../../loadgen/cli/index.ts';

/**
 * Has the command line read arguments, and does nothing of what they say.
 *
 * @param variables Names of environment variables that stand for flags of the command.
 * @throws Error in its own words for a command, a flag or a value that it does not take.
 */
export async function checkBench(args: readonly string[], variables: readonly string[] = []): Promise<void> {
  const program = new Command('scbench')
    .exitOverride()
    .configureOutput({ writeErr: ignore, writeOut: ignore });
  for (const [name, add] of Object.entries(commands)) {
    if (name.startsWith('add')) (add as (program: Command) => void)(program);
  }
  for (const command of program.commands) command.action(ignore);
  await program.parseAsync([...args], { from: 'user' });
  const { options } = program.commands.find((each) => each.name() === args[0]) ?? program;
  for (const variable of variables) {
    if (!options.some(({ envVar }) => envVar === variable)) {
      throw new Error(`Cannot set "${variable}" for scbench ${args[0]}: none of its flags is set by it`);
    }
  }
}

function ignore(): void {}
