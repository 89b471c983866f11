/** `scbench gate recompute`: every number of a gate once more, from the blocks in its record. */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { GATE_RECORD_NAME, recompute } from '../../../reports/gate/index.ts';
import { formatGate, formatRecomputed, mayColour, reportOf } from '../../../reports/index.ts';
import { catalogue } from '../../../server/errors/index.ts';

/** Adds the command below `gate`. */
export function addRecompute(gate: Command): void {
  gate
    .command('recompute')
    .description('derive every number of a gate again from its record, and name those that differ')
    .argument('<file>', `its folder or its ${GATE_RECORD_NAME}`)
    .option('--json', 'print what gate.json holds instead of the summary')
    .allowExcessArguments(false)
    .action(recomputeFile);
}

function recomputeFile(path: string, { json }: { json?: boolean }): void {
  const { record, result, differences } = recompute(recordIn(path));
  const report = reportOf(record, result);
  if (json === true) {
    process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
    for (const difference of differences) process.stderr.write(`${difference}\n`);
  } else {
    const colour = mayColour(process.stdout, process.env);
    const last = formatRecomputed({ record, differences });
    process.stdout.write(`\n${formatGate(report, { colour })}\n${last}`);
  }
  process.exitCode = differences.length === 0 ? 0 : catalogue.RECORD_INVALID.exit;
}

function recordIn(path: string): string {
  return existsSync(path) && statSync(path).isDirectory() ? join(path, GATE_RECORD_NAME) : path;
}
