/** `scbench profile`: one scenario, with one process of the server under a profiler. */
import { type Command, Option } from 'commander';
import { type Overrides, parseDuration, parseRate } from '../../plan/resolve/index.ts';
import { type ProfileWish, profiling, toolNames } from '../../profile/index.ts';
import { execute, type Showing } from '../execute.ts';
import { commandLine, integer, once, wanted } from '../values/index.ts';

/** What is usually looked at shows within seconds, and what bubbleprof keeps grows by megabytes a second. */
const SECONDS = 10;

interface ProfileFlags extends Omit<Overrides, 'headers'>, ProfileWish, Pick<Showing, 'json' | 'quiet'> {
  scenario: string;
  target?: string;
  out?: string;
}

/** Adds the command. */
export function addProfile(program: Command): void {
  program
    .command('profile')
    .description('run one scenario with one process of the server under a profiler')
    .requiredOption('-s, --scenario <name|file>', 'which one; "scbench list" names them', once)
    .addOption(new Option('--tool <name>', 'what looks into it').choices(toolNames).default('doctor'))
    .addOption(
      new Option('--role <name>', 'what kind of process')
        .choices(['worker', 'broker', 'balancer', 'master'])
        .default('worker'),
    )
    .option('--id <number>', 'which one of that role', integer, 0)
    .option('-u, --users <number>', 'virtual users', integer)
    .option('--ramp <number>', 'users that arrive per second', wanted('--ramp', parseRate))
    .option('-d, --duration <time>', 'steady phase', wanted('--duration', parseDuration), SECONDS)
    .option('-R, --rate <number>', 'messages per second and user', wanted('--rate', parseRate))
    .option('-w, --workers <number>', 'worker processes of the target', integer)
    .option('-b, --brokers <number>', 'broker processes of the target', integer)
    .option('--balancers <number>', 'balancer processes of the target', integer)
    .option('--seed <number>', 'seed of every random choice', integer)
    // Known so that it is refused with a reason.
    .addOption(new Option('--target <url>').hideHelp())
    .option('-o, --out <folder>', 'where the results go')
    .option('--json', 'print summary.json instead of the summary')
    .option('-q, --quiet', 'no progress')
    .allowExcessArguments(false)
    .action(profile);
}

async function profile(flags: ProfileFlags): Promise<void> {
  const { scenario, target, out, tool, role, id, json, quiet, ...overrides } = flags;
  const command = commandLine('npx scbench profile', process.argv.slice(3));
  await execute(
    { scenario, overrides, target, out, command },
    { scenario, json, quiet, doctor: false },
    profiling({ tool, role, id }),
  );
}
