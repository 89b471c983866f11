/** `scbench agent`: this host holds users for coordinators elsewhere. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { ClusterError } from '../../../server/errors/index.ts';
import { onSignals } from '../../../server/process/index.ts';
import { defaultName, serveAgent } from '../../agent-host/index.ts';
import { agentName, joinBus, readAs } from '../../bus/index.ts';
import { makeFolder } from '../../doctor/index.ts';
import { addBusFlags, type BusFlags, busAddressOf } from '../values/index.ts';

interface AgentFlags extends BusFlags {
  nats?: string;
  name: string;
  keep?: string;
  once?: boolean;
}

/** Adds the command. */
export function addAgent(program: Command): void {
  const command = program
    .command('agent')
    .description('wait for work on this host; "scbench run --agents" gives it')
    .option('--name <name>', 'what reports call this host, each another', visible, defaultName())
    .option('--keep <folder>', 'keep there what its load processes tell, a file for each')
    .option('--once', 'end after one run')
    .allowExcessArguments(false)
    .action(agent);
  addBusFlags(command, new Option('--nats <url>', 'where NATS is, as nats://host:4222').env('SCBENCH_NATS'));
}

async function agent({ nats, name, keep, once, ...flags }: AgentFlags): Promise<void> {
  if (nats === undefined) {
    throw new ClusterError('Cannot wait for work without NATS: wanted is --nats nats://host:4222', {
      code: 'USAGE_WRONG',
    });
  }
  if (keep !== undefined) makeFolder(keep);
  const ending = new AbortController();
  onSignals(() => ending.abort());
  const bus = await joinBus(busAddressOf(nats, flags), `scbench agent ${name}`);
  const say = (text: string): unknown => process.stderr.write(`${text}\n`);
  try {
    await serveAgent({ bus, name, keep, once, say, signal: ending.signal });
  } finally {
    await bus.close();
  }
}

function visible(name: string): string {
  const read = readAs(agentName, name);
  if (read === undefined) throw new InvalidArgumentError('Wanted are 1 to 64 characters that can be seen.');
  return read;
}
