#!/usr/bin/env node
/** `scbench`: the bench from the command line. */
import { writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { createLive, formatSummary, mayColour, writeReports } from '../reports/index.ts';
import { ClusterError, catalogue } from '../server/errors/index.ts';
import { onSignals } from '../server/process/index.ts';
import { commandLine, header, integer, names, positive, wanted } from './arguments.ts';
import {
  loadScenario,
  type QuickWishes,
  quickScenario,
  type RunListeners,
  type RunRequest,
  runScenario,
  scenarioNames,
} from './coordinator/index.ts';
import { type ComparisonRequest, compare, formatComparison, usualComparison } from './peers/index.ts';
import { type Overrides, parseDuration, parseRate } from './plan/resolve/index.ts';
import { readRun, type Summary } from './results/index.ts';

/** Exit code for a command line that cannot be understood. */
const WRONG_USAGE = 2;
/** What `run` does without `--scenario`. */
const DEMONSTRATION = 'ping-pong';
/** Name of the record in the folder of a run. */
const RECORD_NAME = 'run.jsonl';

interface PeersFlags extends Partial<ComparisonRequest> {
  json?: string;
  quiet?: boolean;
}

interface RunFlags extends Omit<Overrides, 'headers'> {
  header?: Record<string, string>;
  scenario?: string;
  loadProcesses?: number;
  target?: string;
  insecure?: boolean;
  out?: string;
  json?: boolean;
  quiet?: boolean;
}

interface QuickFlags extends Omit<QuickWishes, 'headers'>, Showing {
  header?: Record<string, string>;
  out?: string;
}

/** What of a run goes to the terminal. */
interface Showing {
  json?: boolean | undefined;
  quiet?: boolean | undefined;
  /** Written before the progress. */
  opening?: string;
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
  .option('--target <url>', 'a server that runs already, as ws://host:port/path or wss://…')
  .option('--driver <name>', 'how users speak: socketcluster, socketcluster-client or websocket')
  .option('--header <line>', "sent when a user connects, as 'Name: value'; may be repeated", header)
  .option('--insecure', 'take any certificate of the target')
  .option('--seed <number>', 'seed of every random choice', integer)
  .option('-o, --out <folder>', 'where the results go')
  .option('--json', 'print summary.json instead of the summary')
  .option('-q, --quiet', 'no progress')
  .allowExcessArguments(false)
  .action(run);

program
  .command('quick')
  .description('load any WebSocket server for a moment and say how it does')
  .argument('<url>', 'as ws://host:port/path or wss://…')
  .option('-u, --users <number>', 'virtual users', positive)
  .option('-d, --duration <time>', 'as 20s or 5m', wanted('--duration', parseDuration))
  .option('-R, --rate <number>', 'messages per second and user', wanted('--rate', parseRate))
  .option('--message <text>', 'what users say where no SocketCluster is spoken')
  .option('--driver <name>', 'how users speak, instead of finding out')
  .option('--header <line>', "sent when a user connects, as 'Name: value'; may be repeated", header)
  .option('--insecure', 'take any certificate of the target')
  .option('-o, --out <folder>', 'where the results go')
  .option('--json', 'print summary.json instead of the summary')
  .option('-q, --quiet', 'no progress')
  .allowExcessArguments(false)
  .action(quick);

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
  const {
    scenario = DEMONSTRATION,
    loadProcesses,
    target,
    insecure,
    out,
    json,
    quiet,
    header: headers,
    ...overrides
  } = flags;
  const request = { scenario, overrides: { ...overrides, headers }, loadProcesses, target, insecure, out };
  const opening = flags.scenario === undefined ? introduction() : '';
  await execute(
    { ...request, command: commandLine('npm run bench --', process.argv.slice(3)) },
    { json, quiet, opening },
  );
}

async function quick(
  target: string,
  { out, json, quiet, header: headers, ...wishes }: QuickFlags,
): Promise<void> {
  const scenario = await quickScenario(target, { ...wishes, headers });
  const request = {
    scenario: { scenario, folder: '.' },
    overrides: {},
    target,
    insecure: wishes.insecure,
    out,
  };
  await execute(
    { ...request, command: commandLine('npx scbench quick', process.argv.slice(3)) },
    { json, quiet },
  );
}

async function execute(request: RunRequest, { json, quiet, opening = '' }: Showing): Promise<void> {
  const interrupt = new AbortController();
  // Listened to until the process is gone: an interrupt that comes too late must not spoil the exit code.
  onSignals(() => interrupt.abort());
  let live: ReturnType<typeof createLive> | undefined;
  const listeners: RunListeners = {
    begin(begun) {
      if (quiet === true) return;
      process.stderr.write(opening);
      live = createLive(begun, process.stderr);
    },
    second: (second) => live?.show(second),
    trouble: (text) => process.stderr.write(`${text}\n`),
  };
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
