/** `scbench selftest`: the bench's own figures beside what they must be. */
import type { Command } from 'commander';
import { catalogue } from '../../server/errors/index.ts';
import { onSignals } from '../../server/process/index.ts';
import { formatProof, type Proof, type ProofRequest, prove } from '../selftest/index.ts';
import { integer, names, writeOutput } from './values/index.ts';

interface SelftestFlags extends Partial<ProofRequest> {
  json?: string;
  quiet?: boolean;
}

/** Exit code of a selftest that does not prove what it should: no figure of this generator is valid then. */
const NOT_PROVEN = 112;

/** Adds the command. */
export function addSelftest(program: Command): void {
  program
    .command('selftest')
    .description(
      'prove the figures against servers whose delays are known; 4 minutes, up to 12 where disturbed',
    )
    .option('--quick', 'in about a minute: one seed, without other load generators')
    .option('--only <names>', 'which servers', names)
    .option('--seed <number>', 'the first seed', integer)
    .option('--json <file>', 'write all figures there too')
    .option('-q, --quiet', 'no progress')
    .allowExcessArguments(false)
    .action(selftest);
}

async function selftest(flags: SelftestFlags): Promise<void> {
  const { quick = false, only, seed = 1, json, quiet } = flags;
  const interrupt = new AbortController();
  onSignals(() => interrupt.abort());
  const say = (text: string): unknown => quiet === true || process.stderr.write(`${text}\n`);
  const proof = await prove({ quick, only, seed }, { say, signal: interrupt.signal });
  process.stdout.write(formatProof(proof));
  if (json !== undefined) {
    await writeOutput(json, `${JSON.stringify(proof, null, 2)}\n`);
  }
  process.exitCode = exitCodeOf(proof);
}

function exitCodeOf({ isComplete, ok }: Proof): number {
  if (!isComplete) return catalogue.RUN_INTERRUPTED.exit;
  return ok ? 0 : NOT_PROVEN;
}
