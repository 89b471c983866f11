/** `scbench calibrate`: how fast this host is, for a plan made elsewhere. */
import { availableParallelism } from 'node:os';
import type { Command } from 'commander';
import { instanceNamed, readSnapshot } from '../../capacity/instances/index.ts';
import { calibrateHost } from '../../capacity/planner/index.ts';

/** Adds the command. */
export function addCalibrate(program: Command, calibrate: typeof calibrateHost = calibrateHost): void {
  program
    .command('calibrate')
    .description('tell how fast this host is; a line for the --scores of "scbench plan", in ten seconds')
    .argument('<type>', 'what EC2 calls it, as c7g.large')
    .allowExcessArguments(false)
    .action(async (name: string) => {
      const { type } = instanceNamed(readSnapshot(), name);
      const { busy, single } = await calibrate(availableParallelism());
      process.stdout.write(`${JSON.stringify({ type, single: short(single), busy: short(busy) })}\n`);
    });
}

function short(value: number): number {
  return Number(value.toPrecision(5));
}
