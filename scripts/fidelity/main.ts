/**
 * Has the same users call the same server by the fast driver and by the published client, in turns, and prints by how
 * much the client's times are longer. Ends with 1 when that is more than the bound.
 *
 *   npm run build && node dist/scripts/fidelity/main.js [--rounds 3] [--users 50] [--seconds 10] [--scenario calls]
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  type Driver,
  drivers,
  formatHead,
  formatOutcome,
  formatRow,
  isWithinBound,
  type Told,
} from './table.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    users: { type: 'string', default: '50' },
    seconds: { type: 'string', default: '10' },
    scenario: { type: 'string', default: 'ping-pong' },
  },
});

const bench = join(import.meta.dirname, '..', '..', 'loadgen', 'cli.js');
const results = mkdtempSync(join(tmpdir(), 'scbench-fidelity-'));

try {
  process.stdout.write(formatHead());
  const told: Told[] = [];
  for (let round = 1; round <= Number(values.rounds); round += 1) {
    // Who comes first changes, so that a machine that warms up favours nobody.
    for (const driver of round % 2 === 1 ? drivers : drivers.toReversed()) {
      const one = measure(driver, join(results, `${round}-${driver}`));
      told.push(one);
      process.stdout.write(formatRow(round, one));
    }
  }
  process.stdout.write(formatOutcome(told));
  process.exitCode = isWithinBound(told) ? 0 : 1;
} finally {
  rmSync(results, { recursive: true });
}

function measure(driver: Driver, folder: string): Told {
  const { users, seconds, scenario } = values;
  const size = ['--users', users, '--ramp', users, '--rate', '1', '--duration', `${seconds}s`];
  const wanted = ['--scenario', scenario, ...size, '--driver', driver, '--out', folder, '--json', '--quiet'];
  const { stdout, stderr } = spawnSync(process.execPath, [bench, 'run', ...wanted], { encoding: 'utf8' });
  if (stdout === '') throw new Error(`Cannot measure driver "${driver}": ${stderr.trim()}`);
  return { driver, ...(JSON.parse(stdout) as Omit<Told, 'driver'>) };
}
