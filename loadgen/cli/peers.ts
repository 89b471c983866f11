/** `scbench peers`: our server beside other servers, or our load process beside other clients or generators. */
import { type Command, Option } from 'commander';
import { catalogue } from '../../server/errors/index.ts';
import { onSignals } from '../../server/process/index.ts';
import { type ComparisonRequest, compare, formatComparison, usualComparisons } from '../peers/index.ts';
import { names, positive, writeOutput } from './values/index.ts';

interface PeersFlags extends Partial<Omit<ComparisonRequest, 'field'>> {
  clients?: boolean;
  generators?: boolean;
  json?: string;
  quiet?: boolean;
}

/** Adds the command. */
export function addPeers(program: Command): void {
  program
    .command('peers')
    .description('measure our server beside other servers, in turns')
    .option('--clients', 'measure our load process beside other clients instead')
    .addOption(
      new Option('--generators', 'measure it beside other load generators instead').conflicts('clients'),
    )
    .option('--subjects <names>', 'which ones, the first one beside all others', names)
    .option('--measures <names>', 'what to find out', names)
    .option('--rounds <number>', 'rounds that count', positive)
    .option('--sockets <number>', 'idle sockets; other numbers of clients are parts of this', positive)
    .option('--json <file>', 'write all rounds there too')
    .option('-q, --quiet', 'no progress')
    .allowExcessArguments(false)
    .action(peers);
}

async function peers({ json, quiet, clients, generators, ...flags }: PeersFlags): Promise<void> {
  const interrupt = new AbortController();
  onSignals(() => interrupt.abort());
  const say = (text: string): unknown => quiet === true || process.stderr.write(`${text}\n`);
  const usual =
    usualComparisons[clients === true ? 'clients' : generators === true ? 'generators' : 'servers'];
  const comparison = await compare({ ...usual, ...flags }, { say, signal: interrupt.signal });
  process.stdout.write(formatComparison(comparison));
  if (json !== undefined) {
    await writeOutput(json, `${JSON.stringify(comparison, null, 2)}\n`);
  }
  process.exitCode = comparison.isComplete ? 0 : catalogue.RUN_INTERRUPTED.exit;
}
