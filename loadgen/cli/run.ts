/** `scbench run`: one scenario, watched while it goes on. */
import { type Command, Option } from 'commander';
import { ClusterError } from '../../server/errors/index.ts';
import { prepareRun, type RunRequest } from '../coordinator/index.ts';
import { type Overrides, parseDuration, parseRate } from '../plan/resolve/index.ts';
import { drivers, execute, type Showing } from './execute.ts';
import {
  addBusFlags,
  all,
  type BusFlags,
  busAddressOf,
  commandLine,
  header,
  integer,
  once,
  port,
  positive,
  wanted,
} from './values/index.ts';
import { DEMONSTRATION, formatRehearsal } from './views/index.ts';

interface RunFlags extends Omit<Overrides, 'headers' | 'protocolVersion'>, Showing, BusFlags {
  scenario?: string;
  loadProcesses?: number;
  agents?: string;
  leastAgents?: number;
  target?: readonly string[];
  admin?: readonly string[];
  header?: Record<string, string>;
  insecure?: boolean;
  out?: string;
  protocolVersion?: '1' | '2' | 'auto';
  traceUser?: number;
  dryRun?: boolean;
}

/** Adds the command. */
export function addRun(program: Command): void {
  const command = program
    .command('run')
    .description('run one scenario; without --scenario a 20 s demonstration')
    .option('-s, --scenario <name|file>', 'which one; "scbench list" names them', once)
    .option('-u, --users <number>', 'virtual users', integer)
    .option('--ramp <number>', 'users that arrive per second, as 2000 or 2000/s', wanted('--ramp', parseRate))
    .option('-d, --duration <time>', 'steady phase, as 20s or 5m', wanted('--duration', parseDuration))
    .option('-R, --rate <number>', 'messages per second and user', wanted('--rate', parseRate))
    .option('-w, --workers <number>', 'worker processes of the target', integer)
    .option('-b, --brokers <number>', 'broker processes of the target', integer)
    .option('--balancers <number>', 'balancer processes of the target', integer)
    .option('--load-processes <number>', 'load processes at least', integer)
    .option('--least-agents <number>', 'wait for so many agents, a minute at most', positive)
    .option(
      '--target <url>',
      'a server that runs already, as ws://host:port/path; no path is /socketcluster/; again for each host',
      all,
    )
    .option(
      '--admin <url>',
      'admin endpoint of that server, as http://host:port; again for each host, or one for all',
      all,
    )
    .option('--header <line>', "sent when a user connects, as 'Name: value'; may be repeated", header)
    .option('--insecure', 'take any certificate of the target')
    .addOption(new Option('--driver <name>', 'how users speak').choices(drivers))
    .addOption(
      new Option('--protocol-version <number>', 'heartbeat of the target').choices(['1', '2', 'auto']),
    )
    .option('--seed <number>', 'seed of every random choice', integer)
    .option('-o, --out <folder>', 'where the results go')
    .option('--trace-user <number>', 'print the first frames of one user', integer)
    .option('--no-doctor', 'do not try this host out before a run of 10,000 users or more')
    .addOption(
      new Option('--dry-run', 'print the plan and what it takes, and start nothing').conflicts('json'),
    )
    .option('--live [port]', 'show the run on a page for browsers on this host', port)
    .option('--json', 'print summary.json instead of the summary')
    .option('-q, --quiet', 'no progress')
    .allowExcessArguments(false)
    .action(run);
  const agents = new Option('--agents <url>', 'hold users on all hosts whose agents answer at this NATS');
  addBusFlags(command, agents.env('SCBENCH_AGENTS'));
}

async function run(flags: RunFlags): Promise<void> {
  const request = requestOf(flags);
  if (flags.dryRun === true) {
    process.stdout.write(formatRehearsal(await prepareRun(request), request.agents?.address.servers));
  } else {
    await execute(request, flags);
  }
}

function requestOf(flags: RunFlags): RunRequest {
  const { scenario = DEMONSTRATION, loadProcesses, admin, insecure, out, traceUser } = flags;
  const [target, ...further] = flags.target ?? [];
  const agents = agentsOf(flags);
  const { users, ramp, duration, rate, workers, brokers, balancers, driver, header: headers, seed } = flags;
  const protocolVersion = protocolVersions[flags.protocolVersion ?? 'scenario'];
  const sizes = { users, ramp, duration, rate, workers, brokers, balancers };
  const overrides = { ...sizes, driver, headers, seed, protocolVersion };
  const command = commandLine('npm run bench --', process.argv.slice(3));
  const asked = { scenario, overrides, loadProcesses, agents, insecure, out, traceUser, command };
  return { ...asked, target, further, admin };
}

/** A run that was meant for several hosts is not to be one of this host alone. */
function agentsOf(flags: RunFlags): RunRequest['agents'] {
  const { agents, leastAgents } = flags;
  if (agents !== undefined) return { address: busAddressOf(agents, flags), least: leastAgents };
  const isMeant = Object.keys(flags).some((flag) => flag === 'leastAgents' || flag.startsWith('nats'));
  if (!isMeant) return undefined;
  throw new ClusterError('Cannot have agents hold users without NATS: wanted is --agents nats://host:4222', {
    code: 'USAGE_WRONG',
  });
}

const protocolVersions = { '1': 1, '2': 2, auto: 'auto', scenario: undefined } as const;
