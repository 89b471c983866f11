/** `scbench trend`: what changed and stayed over the jobs of a ledger. */
import type { Command } from 'commander';
import { formatTrend, writeTrend } from '../../../reports/index.ts';
import { writeOutput } from '../values/index.ts';

interface TrendFlags {
  out: string;
  json?: string;
}

/** Adds the command. */
export function addTrend(program: Command): void {
  program
    .command('trend')
    .description('find what changed and stayed over the jobs of a gate ledger')
    .argument('<ledger>', 'the file that scbench gate --ledger appends to')
    .option('-o, --out <file>', 'the page', 'trend.html')
    .option('--json <file>', 'write all series there too')
    .allowExcessArguments(false)
    .action(trend);
}

async function trend(ledger: string, { out, json }: TrendFlags): Promise<void> {
  const histories = await writeTrend(ledger, out);
  process.stdout.write(`\n${formatTrend(histories)}\n${out}\n`);
  if (json !== undefined) await writeOutput(json, `${JSON.stringify(histories, null, 2)}\n`);
}
