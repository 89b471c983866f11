/** `scbench gate recompute`: every number of a gate once more, from the blocks in its record. */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { recompute } from '../../../reports/gate/index.ts';
import { catalogue } from '../../../server/errors/index.ts';
import { GATE_RECORD_NAME } from '../../gate/job/index.ts';
import { formatAnswer } from './answer.ts';

/** Adds the command below `gate`. */
export function addRecompute(gate: Command): void {
  gate
    .command('recompute')
    .description('derive every number of a gate again from its record, and name those that differ')
    .argument('<file>', `its folder or its ${GATE_RECORD_NAME}`)
    .option('--json', 'print the result as JSON')
    .allowExcessArguments(false)
    .action(recomputeFile);
}

function recomputeFile(path: string, { json }: { json?: boolean }): void {
  const file = recordIn(path);
  const { record, result, differences } = recompute(file);
  process.stdout.write(
    json === true
      ? `${JSON.stringify(result, null, 2)}\n`
      : formatAnswer({ header: record.header, result, record: file }),
  );
  for (const difference of differences) process.stderr.write(`${difference}\n`);
  process.exitCode = differences.length === 0 ? 0 : catalogue.RECORD_INVALID.exit;
}

function recordIn(path: string): string {
  return existsSync(path) && statSync(path).isDirectory() ? join(path, GATE_RECORD_NAME) : path;
}
