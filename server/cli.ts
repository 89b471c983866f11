#!/usr/bin/env node
/** `socketcluster run`: a cluster from the command line. */
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { ClusterError } from './errors/index.ts';
import { levelOf, reportEvents, SocketCluster } from './master/index.ts';
import { createLog } from './observe/log/index.ts';
import { type OptionsInput, optionsFromEnvironment, optionsFromFile } from './options/index.ts';
import { onSignals } from './process/index.ts';

/** Exit code for a command line that cannot be understood. */
const WRONG_USAGE = 2;

interface Flags {
  options?: string;
  port?: number;
  workers?: number;
  brokers?: number;
  balancers?: number;
  controller?: string;
  adminPort?: number;
}

const program = new Command('socketcluster')
  .description('A clustered realtime server: HTTP, WebSockets and channels on all cores.')
  .exitOverride();

program
  .command('run', { isDefault: true })
  .description('start a cluster; flags win over environment, environment over the options file')
  .option('--controller <file>', 'worker controller, a file with run(worker)')
  .option('-p, --port <number>', 'public port', integer)
  .option('-w, --workers <number>', 'worker processes', integer)
  .option('-b, --brokers <number>', 'broker processes', integer)
  .option('--balancers <number>', 'balancer processes', integer)
  .option('--admin-port <number>', 'port of the admin endpoint on loopback', integer)
  .option('--options <file>', 'JSON file with any options')
  .allowExcessArguments(false)
  .action(run);

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = explain(error);
}

async function run(flags: Flags): Promise<void> {
  const { options: file, controller, ...others } = flags;
  const cluster = new SocketCluster({
    ...(file === undefined ? {} : optionsFromFile(file)),
    ...optionsFromEnvironment(process.env),
    ...(controller === undefined ? {} : { workerController: controller }),
    ...others,
  } as OptionsInput);
  const log = createLog({ level: levelOf(cluster.options.logLevel), name: cluster.options.appName });
  reportEvents(cluster, log);
  const ignoreSignals = onSignals((signal) => {
    log.info({ signal }, 'draining');
    void cluster.stop();
  });
  process.on('SIGUSR2', () => {
    log.info('rolling the workers');
    cluster
      .rollWorkers()
      .catch((error: unknown) => log.error({ err: error }, 'a new worker did not get ready'));
  });
  try {
    await cluster.start();
  } catch (error) {
    ignoreSignals();
    throw error;
  }
  const { workers, brokers } = cluster.options;
  process.stdout.write(
    `Listening on port ${cluster.port} with ${workers} workers and ${brokers} brokers; state at http://127.0.0.1:${cluster.adminPort}/state\n`,
  );
}

function integer(text: string): number {
  if (!/^\d+$/.test(text)) {
    throw new InvalidArgumentError('Wanted is a whole number.');
  }
  return Number(text);
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
