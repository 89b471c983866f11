/** `scbench peers`: our server beside other servers. */
import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { catalogue } from '../../server/errors/index.ts';
import { onSignals } from '../../server/process/index.ts';
import { type ComparisonRequest, compare, formatComparison, usualComparison } from '../peers/index.ts';
import { names, positive } from './values/index.ts';

interface PeersFlags extends Partial<ComparisonRequest> {
  json?: string;
  quiet?: boolean;
}

/** Adds the command. */
export function addPeers(program: Command): void {
  program
    .command('peers')
    .description('measure our server beside other servers, in turns')
    .option('--subjects <names>', 'which servers, the first one beside all others', names)
    .option('--measures <names>', 'what to find out', names)
    .option('--rounds <number>', 'rounds that count', positive)
    .option('--sockets <number>', 'idle sockets; other numbers of clients are parts of this', positive)
    .option('--json <file>', 'write all rounds there too')
    .option('-q, --quiet', 'no progress')
    .allowExcessArguments(false)
    .action(peers);
}

async function peers({ json, quiet, ...flags }: PeersFlags): Promise<void> {
  const interrupt = new AbortController();
  onSignals(() => interrupt.abort());
  const say = (text: string): unknown => quiet === true || process.stderr.write(`${text}\n`);
  const comparison = await compare({ ...usualComparison, ...flags }, { say, signal: interrupt.signal });
  process.stdout.write(formatComparison(comparison));
  if (json !== undefined) {
    await writeFile(json, `${JSON.stringify(comparison, null, 2)}\n`);
  }
  process.exitCode = comparison.isComplete ? 0 : catalogue.RUN_INTERRUPTED.exit;
}
