/** `scbench peers`: our server beside other servers, or our load process beside other clients or generators. */
import { rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, Option } from 'commander';
import { formatPeers, writePeersReports } from '../../reports/index.ts';
import { catalogue } from '../../server/errors/index.ts';
import { onSignals } from '../../server/process/index.ts';
import { folderName, makeNewFolder } from '../doctor/index.ts';
import { type ComparisonRequest, compare, meetsTargets, usualComparisons } from '../peers/index.ts';
import { commandLine, names, positive, writeOutput } from './values/index.ts';

interface PeersFlags extends Partial<Omit<ComparisonRequest, 'field' | 'command'>> {
  assert?: boolean;
  clients?: boolean;
  generators?: boolean;
  json?: string;
  out?: string;
  quiet?: boolean;
}

const RUNS = join('reports', 'runs');

/** Exit code of a comparison that misses a target that was to be met: as that of a run that breaks a rule. */
const MISSED = 99;

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
    .option('--assert', `end with ${MISSED} when a target is missed`)
    .option('-o, --out <folder>', 'where the page and all rounds go')
    .option('--json <file>', 'write all rounds there too')
    .option('-q, --quiet', 'no progress')
    .allowExcessArguments(false)
    .action(peers);
}

async function peers({ assert, json, out, quiet, clients, generators, ...flags }: PeersFlags): Promise<void> {
  const interrupt = new AbortController();
  onSignals(() => interrupt.abort());
  const say = (text: string): unknown => quiet === true || process.stderr.write(`${text}\n`);
  const field = clients === true ? 'clients' : generators === true ? 'generators' : 'servers';
  const command = commandLine('npx scbench peers', process.argv.slice(3));
  // Nobody wants to hear of a folder that cannot be written to after half an hour.
  const folder = makeNewFolder(out ?? join(RUNS, folderName(new Date().toISOString(), 'peers')));
  const asked = { ...usualComparisons[field], ...flags, command };
  const comparison = await compare(asked, { say, signal: interrupt.signal }).catch((error: unknown) => {
    rmdirSync(folder);
    throw error;
  });
  const files = await writePeersReports(folder, comparison);
  process.stdout.write(`${formatPeers(comparison)}\n${files.map((file) => `  ${file}\n`).join('')}`);
  if (json !== undefined) {
    await writeOutput(json, `${JSON.stringify(comparison, null, 2)}\n`);
  }
  if (!comparison.isComplete) process.exitCode = catalogue.RUN_INTERRUPTED.exit;
  else process.exitCode = assert === true && !meetsTargets(comparison) ? MISSED : 0;
}
