#!/usr/bin/env node
/** `scbench`: the bench from the command line. */
import { writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { createLive, formatSummary, mayColour, writeReports } from '../reports/index.ts';
import { ClusterError, catalogue } from '../server/errors/index.ts';
import { onSignals } from '../server/process/index.ts';
import { loadScenario, type RunListeners, runScenario, scenarioNames } from './coordinator/index.ts';
import { type ComparisonRequest, compare, formatComparison, usualComparison } from './peers/index.ts';
import { type Overrides, parseDuration, parseRate } from './plan/resolve/index.ts';
import { readRun, type Summary } from './results/index.ts';
import { formatProof, type ProofRequest, prove } from './selftest/index.ts';

/** Exit code for a command line that cannot be understood. */
const WRONG_USAGE = 2;
/** Exit code of a selftest that does not prove what it should: no figure of this generator is valid then. */
const NOT_PROVEN = 112;
/** What `run` does without `--scenario`. */
const DEMONSTRATION = 'ping-pong';
/** Name of the record in the folder of a run. */
const RECORD_NAME = 'run.jsonl';

interface PeersFlags extends Partial<ComparisonRequest> {
  json?: string;
  quiet?: boolean;
}

interface SelftestFlags extends Partial<ProofRequest> {
  json?: string;
  quiet?: boolean;
}

interface RunFlags extends Overrides {
  scenario?: string;
  loadProcesses?: number;
  target?: string;
  out?: string;
  json?: boolean;
  quiet?: boolean;
}

const program = new Command('scbench')
  .description('Loads a realtime server with virtual users and proves what it carries.')
  .exitOverride();

program
  .command('run')
  .description('run one scenario; without --scenario a 20 s demonstration')
  .option('-s, --scenario <name|file>', 'which one; "scbench list" names them')
  .option('-u, --users <number>', 'virtual users', integer)
  .option('--ramp <number>', 'users that arrive per second, as 2000 or 2000/s', wanted('--ramp', parseRate))
  .option('-d, --duration <time>', 'steady phase, as 20s or 5m', wanted('--duration', parseDuration))
  .option('-R, --rate <number>', 'messages per second and user', wanted('--rate', parseRate))
  .option('-w, --workers <number>', 'worker processes of the target', integer)
  .option('-b, --brokers <number>', 'broker processes of the target', integer)
  .option('--balancers <number>', 'balancer processes of the target', integer)
  .option('--load-processes <number>', 'load processes at least', integer)
  .option('--target <url>', 'a server that runs already, as ws://host:port/path')
  .option('--seed <number>', 'seed of every random choice', integer)
  .option('-o, --out <folder>', 'where the results go')
  .option('--json', 'print summary.json instead of the summary')
  .option('-q, --quiet', 'no progress')
  .allowExcessArguments(false)
  .action(run);

program
  .command('report')
  .description('make the pages of a finished run anew from its record')
  .argument('<run>', 'the folder of a run, or its run.jsonl')
  .allowExcessArguments(false)
  .action(report);

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

program
  .command('selftest')
  .description('prove the figures against servers whose delays are known; about 5 minutes')
  .option('--quick', 'in one minute: one seed, without other load generators')
  .option('--only <names>', 'which servers', names)
  .option('--seed <number>', 'the first seed', integer)
  .option('--json <file>', 'write all figures there too')
  .option('-q, --quiet', 'no progress')
  .allowExcessArguments(false)
  .action(selftest);

program.command('list').description('name the scenarios').allowExcessArguments(false).action(list);

// Whoever reads along may leave, as `head` does: that is no reason to end a run.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', forgiveClosedPipe);
}
try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = explain(error);
}

async function run(flags: RunFlags): Promise<void> {
  const { scenario = DEMONSTRATION, loadProcesses, target, out, json, quiet, ...overrides } = flags;
  const interrupt = new AbortController();
  // Listened to until the process is gone: an interrupt that comes too late must not spoil the exit code.
  onSignals(() => interrupt.abort());
  let live: ReturnType<typeof createLive> | undefined;
  const listeners: RunListeners = {
    begin(header) {
      if (quiet === true) {
        return;
      }
      if (flags.scenario === undefined) {
        process.stderr.write(introduction());
      }
      live = createLive(header, process.stderr);
    },
    second: (second) => live?.show(second),
    trouble: (text) => process.stderr.write(`${text}\n`),
  };
  const request = { scenario, overrides, loadProcesses, target, out, command: commandLine() };
  const outcome = await runScenario(request, listeners, interrupt.signal);
  live?.end();
  const { run: finished, files, exitCode } = outcome;
  if (json === true) {
    process.stdout.write(`${JSON.stringify(finished.summary, null, 2)}\n`);
  } else {
    printSummary(finished.summary, files);
  }
  process.exitCode = exitCode;
}

async function report(path: string): Promise<void> {
  const record = basename(path) === RECORD_NAME ? path : join(path, RECORD_NAME);
  const finished = await readRun(record);
  const files = [record, ...(await writeReports(finished, dirname(record)))];
  printSummary(finished.summary, files);
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

async function selftest(flags: SelftestFlags): Promise<void> {
  const { quick = false, only, seed = 1, json, quiet } = flags;
  const interrupt = new AbortController();
  onSignals(() => interrupt.abort());
  const say = (text: string): unknown => quiet === true || process.stderr.write(`${text}\n`);
  const proof = await prove({ quick, only, seed }, { say, signal: interrupt.signal });
  process.stdout.write(formatProof(proof));
  if (json !== undefined) {
    await writeFile(json, `${JSON.stringify(proof, null, 2)}\n`);
  }
  process.exitCode = proof.isComplete ? (proof.ok ? 0 : NOT_PROVEN) : catalogue.RUN_INTERRUPTED.exit;
}

function printSummary(summary: Summary, files: readonly string[]): void {
  const colour = mayColour(process.stdout, process.env);
  process.stdout.write(`\n${formatSummary(summary, { colour, files })}`);
}

function introduction(): string {
  return `No --scenario: running ${DEMONSTRATION}. There are ${scenarioNames().join(', ')}.\n`;
}

async function list(): Promise<void> {
  const scenarios = await Promise.all(scenarioNames().map((name) => loadScenario(name)));
  const width = Math.max(...scenarios.map(({ scenario }) => scenario.name.length));
  for (const { scenario } of scenarios) {
    process.stdout.write(`${scenario.name.padEnd(width)}  ${scenario.question}\n`);
  }
}

/** The command that repeats this one. */
function commandLine(): string {
  const words = process.argv
    .slice(3)
    .map((word) => (/^[\w./:=@-]+$/.test(word) ? word : JSON.stringify(word)));
  return ['npm run bench --', ...words].join(' ').replace(/ --$/, '');
}

function integer(text: string): number {
  if (!/^\d+$/.test(text)) {
    throw new InvalidArgumentError('Wanted is a whole number.');
  }
  return Number(text);
}

function positive(text: string): number {
  const value = integer(text);
  if (value === 0) {
    throw new InvalidArgumentError('Wanted is 1 or more.');
  }
  return value;
}

function names(text: string): string[] {
  return text.split(',').map((name) => name.trim());
}

/** Makes commander report what a parser of the plan refuses as wrong usage. */
function wanted(flag: string, parse: (flag: string, text: string) => number): (text: string) => number {
  return (text) => {
    try {
      return parse(flag, text);
    } catch (error) {
      const refusal = new InvalidArgumentError(error instanceof Error ? error.message : String(error));
      throw Object.assign(refusal, { cause: error });
    }
  };
}

function forgiveClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') {
    throw error;
  }
}

function explain(error: unknown): number {
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? 0 : WRONG_USAGE; // commander has printed its sentence
  }
  if (error instanceof ClusterError) {
    process.stderr.write(`${error.message}\n`);
    return error.exitCode;
  }
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  return 1;
}
