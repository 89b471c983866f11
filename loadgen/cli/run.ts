/** `scbench run`: one scenario, watched while it goes on. */
import { type Command, Option } from 'commander';
import { type Broadcast, startBroadcast } from '../../reports/index.ts';
import { onSignals } from '../../server/process/index.ts';
import { prepareRun, type RunRequest, runScenario } from '../coordinator/index.ts';
import type { DriverName } from '../plan/index.ts';
import { type Overrides, parseDuration, parseRate } from '../plan/resolve/index.ts';
import { integer, port, printSummary, wanted } from './values/index.ts';
import { DEMONSTRATION, formatRehearsal, watch } from './views/index.ts';

const drivers: readonly DriverName[] = ['socketcluster', 'socketcluster-client', 'websocket'];

interface RunFlags extends Omit<Overrides, 'protocolVersion'> {
  scenario?: string;
  loadProcesses?: number;
  target?: string;
  out?: string;
  protocolVersion?: '1' | '2' | 'auto';
  traceUser?: number;
  dryRun?: boolean;
  live?: number | true;
  json?: boolean;
  quiet?: boolean;
}

/** Adds the command. */
export function addRun(program: Command): void {
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
    .addOption(new Option('--driver <name>', 'how users speak').choices(drivers))
    .addOption(
      new Option('--protocol-version <number>', 'heartbeat of the target').choices(['1', '2', 'auto']),
    )
    .option('--seed <number>', 'seed of every random choice', integer)
    .option('-o, --out <folder>', 'where the results go')
    .option('--trace-user <number>', 'print the first frames of one user', integer)
    .option('--dry-run', 'print the plan and what it takes, and start nothing')
    .option('--live [port]', 'show the run on a page for browsers on this host', port)
    .option('--json', 'print summary.json instead of the summary')
    .option('-q, --quiet', 'no progress')
    .allowExcessArguments(false)
    .action(run);
}

async function run(flags: RunFlags): Promise<void> {
  const { json, dryRun } = flags;
  const request = requestOf(flags);
  if (dryRun === true) {
    process.stdout.write(formatRehearsal(await prepareRun(request)));
    return;
  }
  const interrupt = new AbortController();
  // Listened to until the process is gone: an interrupt that comes too late must not spoil the exit code.
  onSignals(() => interrupt.abort());
  const broadcast = flags.live === undefined ? undefined : await openPage(flags.live);
  try {
    const watching = watch(flags, broadcast);
    const { run: finished, files, exitCode } = await runScenario(request, watching, interrupt.signal);
    watching.end();
    broadcast?.finish(finished);
    if (json === true) {
      process.stdout.write(`${JSON.stringify(finished.summary, null, 2)}\n`);
    } else {
      printSummary(finished.summary, files);
    }
    process.exitCode = exitCode;
  } finally {
    await broadcast?.close();
  }
}

function requestOf(flags: RunFlags): RunRequest {
  const { scenario = DEMONSTRATION, loadProcesses, target, out, traceUser } = flags;
  const { users, ramp, duration, rate, workers, brokers, balancers, driver, seed } = flags;
  const protocolVersion = protocolVersions[flags.protocolVersion ?? 'scenario'];
  const changes = { users, ramp, duration, rate, workers, brokers, balancers, driver, seed, protocolVersion };
  return { scenario, overrides: changes, loadProcesses, target, out, traceUser, command: commandLine() };
}

const protocolVersions = { '1': 1, '2': 2, auto: 'auto', scenario: undefined } as const;

async function openPage(live: number | true): Promise<Broadcast> {
  const broadcast = await startBroadcast(live === true ? 0 : live);
  process.stderr.write(`Live page: ${broadcast.url}\n`);
  return broadcast;
}

/** The command that repeats this one. */
function commandLine(): string {
  const words = process.argv
    .slice(3)
    .map((word) => (/^[\w./:=@-]+$/.test(word) ? word : JSON.stringify(word)));
  return ['npm run bench --', ...words].join(' ').replace(/ --$/, '');
}
