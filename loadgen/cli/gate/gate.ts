/** `scbench gate`: two builds of the server, compared on this host. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { deriveSeed, exitCodeOf } from '../../../reports/gate/index.ts';
import { formatGate, mayColour, readLedger, writeGateReports } from '../../../reports/index.ts';
import { ClusterError, catalogue, suggest } from '../../../server/errors/index.ts';
import { onSignals } from '../../../server/process/index.ts';
import { folderName } from '../../doctor/index.ts';
import { createBench, parseInjection, scenarioNames } from '../../gate/bench/index.ts';
import { findSources, type Source, type Wanted } from '../../gate/builds/index.ts';
import {
  type CreateBench,
  checkVerifiable,
  type JobOutcome,
  runJob,
  verifySize,
} from '../../gate/job/index.ts';
import { parseDuration } from '../../plan/resolve/index.ts';
import { checkBaseline, REGRESSED } from '../baseline.ts';
import { names, positive, wanted } from '../values/index.ts';
import { addRecompute } from './recompute.ts';
import { checkBaselineOptions } from './with-baseline.ts';

interface GateFlags extends Wanted {
  baseline?: string;
  strict?: boolean;
  scenario: string;
  attempt: number;
  seed?: string;
  short?: boolean;
  time: number;
  verify?: boolean;
  metrics?: string[];
  inconclusive: 'pass' | 'fail';
  inject?: string;
  ledger?: string;
  out?: string;
  json?: boolean;
  quiet?: boolean;
}

const RUNS = join('reports', 'runs');
const DEFAULT_SECONDS = 660;
/** Said where servers and load have no cores of their own. */
const ADVISORY =
  'No more than a hint, and green: this host cannot give servers and load cores of their own\n';
const [DEFAULT_SCENARIO = ''] = scenarioNames;

/** What a gate measures with. */
interface Instruments {
  readonly bench: CreateBench;
  readonly checkBaseline: typeof checkBaseline;
}

/** Adds the command. Tests put instruments of their own in. */
export function addGate(program: Command, instruments: Partial<Instruments> = {}): void {
  const command = program
    .command('gate')
    .description('compare two builds of the server on this host; 4 to 11 minutes')
    .option('--base <ref>', 'branch, tag or commit that the candidate is held against')
    .option('--candidate <ref>', 'what may be worse; the working tree unless named')
    .option('--base-dir <folder>', 'a base that is built already')
    .option('--candidate-dir <folder>', 'a candidate that is built already')
    .option(
      '--baseline <file>',
      'stored measurements in place of a base, as "scbench baseline check" has them',
    )
    .option('--strict', `with --baseline: end with ${REGRESSED} when this build is worse`)
    .option('-s, --scenario <name>', `the load: ${scenarioNames.join(', ')}`, DEFAULT_SCENARIO)
    .option('--metrics <names>', 'the only metrics that may fail', names)
    .option('--attempt <number>', '2 confirms the --metrics of a regression, at a level of 5 %', positive, 1)
    .option(
      '--time <time>',
      'longest time, builds included',
      wanted('--time', parseDuration),
      DEFAULT_SECONDS,
    )
    .option('--short', 'blocks of half the windows, also where there is time for whole ones')
    .addOption(
      new Option('--inconclusive <answer>', 'how a gate ends that could not tell')
        .choices(['pass', 'fail'])
        .default('pass'),
    )
    .option('--inject <name[:size]>', 'plant a slowdown into the candidate, to see whether it is found')
    .option('--verify', 'all the time for one question: is --inject as large as it says?')
    .option('--ledger <file>', 'gates of which the truth is known; one of equal or injected builds is added')
    .option('--seed <digits>', 'repeats the coins of another gate', seed)
    .option('-o, --out <folder>', 'where the results go')
    .option('--json', 'print gate.json instead of the summary')
    .option('-q, --quiet', 'no progress')
    .allowExcessArguments(false)
    // Options after the word belong to it.
    .enablePositionalOptions()
    .action(async (flags: GateFlags, self: Command) => {
      checkBaselineOptions(self);
      await gate(flags, { bench: createBench, checkBaseline, ...instruments });
    });
  addRecompute(command);
}

async function gate(flags: GateFlags, { bench, ...instruments }: Instruments): Promise<void> {
  if (flags.baseline !== undefined) {
    await instruments.checkBaseline(flags.baseline, flags);
    return;
  }
  const interrupt = new AbortController();
  onSignals(() => interrupt.abort());
  const { scenario, attempt, metrics, ledger, out = folderOf(flags) } = flags;
  checkScenario(scenario);
  const inject = flags.inject === undefined ? undefined : parseInjection(flags.inject);
  const verified = flags.verify === true ? checkVerifiable(inject) : undefined;
  const sources = await findSources(flags, process.cwd());
  const outcome = await runJob(
    {
      ...{ sources, scenario, attempt, metrics, inject, ledger, out, isOutFree: flags.out === undefined },
      seed: flags.seed ?? seedOf(flags, sources),
      length: flags.short === true ? 'short' : undefined,
      limitSeconds: flags.time,
      verifies: flags.verify,
    },
    {
      createBench: bench,
      say: (text) => flags.quiet === true || process.stderr.write(`${text}\n`),
      signal: interrupt.signal,
    },
  );
  if (outcome.isAdvisory) process.stderr.write(ADVISORY);
  await tell(outcome, flags);
  process.exitCode = verified === undefined ? endOf(outcome, flags) : endVerifying(outcome, verified);
  if (outcome.unkept !== undefined) throw outcome.unkept;
}

/** Writes the pages, and prints what is asked for. */
async function tell({ record }: JobOutcome, { ledger, json }: GateFlags): Promise<void> {
  const known = ledger !== undefined && existsSync(ledger) ? { ledger: readLedger(ledger) } : {};
  const { report, files } = await writeGateReports(record, known);
  const colour = mayColour(process.stdout, process.env);
  process.stdout.write(
    json === true
      ? `${JSON.stringify(report, null, 2)}\n`
      : `\n${formatGate(report, { colour, files: [record, ...files] })}`,
  );
}

/** Now: two builds take a minute. */
function checkScenario(name: string): void {
  if (scenarioNames.includes(name)) return;
  const known = scenarioNames.join(', ');
  throw new ClusterError(
    `Cannot gate scenario "${name}": wanted is one of ${known}${suggest(name, scenarioNames)}`,
    { code: 'SCENARIO_UNKNOWN' },
  );
}

/** Folders tell gates apart by the second they began, as runs are. */
function folderOf({ scenario }: Pick<GateFlags, 'scenario'>): string {
  return join(RUNS, folderName(new Date().toISOString(), `gate-${scenario}`));
}

function seedOf(
  { scenario, attempt }: GateFlags,
  { base, candidate }: Record<'base' | 'candidate', Source>,
): string {
  const [one, other] = [base, candidate].map(({ commit, name }) => (commit === '' ? name : commit));
  return deriveSeed({ base: one ?? '', candidate: other ?? '', scenario, attempt });
}

function endOf({ result, isInterrupted, isAdvisory }: JobOutcome, { inconclusive }: GateFlags): number {
  if (isInterrupted) return catalogue.RUN_INTERRUPTED.exit;
  return exitCodeOf(isAdvisory ? 'pass' : result.status, { isStrict: inconclusive === 'fail' });
}

/** Says how large the slowdown is, and gives the exit code: a regression is what was asked for. */
function endVerifying(
  { result, isInterrupted }: JobOutcome,
  inject: ReturnType<typeof checkVerifiable>,
): number {
  const verified = verifySize(inject, result);
  if (verified !== undefined) process.stderr.write(`${verified.sentence}\n`);
  if (isInterrupted) return catalogue.RUN_INTERRUPTED.exit;
  if (result.status === 'invalid' || verified === undefined) return exitCodeOf('invalid');
  return exitCodeOf(verified.isTrue ? 'pass' : 'regression');
}

function seed(text: string): string {
  if (!/^[0-9a-f]{32}$/.test(text)) throw new InvalidArgumentError('Wanted are 32 hexadecimal digits.');
  return text;
}
