/** `scbench quick`: any WebSocket server, for a moment. */
import { type Command, Option } from 'commander';
import { type QuickWishes, quickScenario } from '../coordinator/index.ts';
import { parseDuration, parseRate } from '../plan/resolve/index.ts';
import { drivers, execute, type Showing } from './execute.ts';
import { commandLine, header, port, positive, wanted } from './values/index.ts';

interface QuickFlags extends Omit<QuickWishes, 'headers'>, Omit<Showing, 'scenario' | 'traceUser'> {
  header?: Record<string, string>;
  rate?: number;
  out?: string;
}

/** Adds the command. */
export function addQuick(program: Command): void {
  program
    .command('quick')
    .description('load any WebSocket server for a moment and say how it does')
    .argument('<url>', 'as ws://host:port/path or wss://…')
    .option('-u, --users <number>', 'virtual users', positive)
    .option('-d, --duration <time>', 'as 20s or 5m', wanted('--duration', parseDuration))
    .option('-R, --rate <number>', 'messages per second and user', wanted('--rate', parseRate))
    .option('--message <text>', 'what users say where no SocketCluster is spoken')
    .addOption(new Option('--driver <name>', 'how users speak, instead of finding out').choices(drivers))
    .option('--header <line>', "sent when a user connects, as 'Name: value'; may be repeated", header)
    .option('--insecure', 'take any certificate of the target')
    .option('-o, --out <folder>', 'where the results go')
    .option('--live [port]', 'show the run on a page for browsers on this host', port)
    .option('--json', 'print summary.json instead of the summary')
    .option('-q, --quiet', 'no progress')
    .allowExcessArguments(false)
    .action(quick);
}

async function quick(target: string, flags: QuickFlags): Promise<void> {
  const { rate, out, live, json, quiet, header: headers, ...wishes } = flags;
  const scenario = await quickScenario(target, { ...wishes, headers });
  const command = commandLine('npx scbench quick', process.argv.slice(3));
  const request = {
    scenario: { scenario, folder: '.' },
    overrides: { rate },
    target,
    insecure: wishes.insecure,
  };
  await execute({ ...request, out, command }, { scenario: scenario.name, live, json, quiet });
}
