#!/usr/bin/env node
/** `socketcluster`: a cluster, or a new application, from the command line. */
import { readFileSync } from 'node:fs';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { createApplication, type TemplateName, templateNames } from './create/index.ts';
import { ClusterError, suggest } from './errors/index.ts';
import { explainFailure, SocketCluster, serve } from './master/index.ts';
import { type OptionsInput, optionsFromEnvironment, optionsFromFile } from './options/index.ts';
import { entry } from './process/index.ts';

/** Exit code for a command line that cannot be understood. */
const WRONG_USAGE = 2;

interface RunFlags {
  options?: string;
  port?: number;
  workers?: number;
  brokers?: number;
  balancers?: number;
  controller?: string;
  adminPort?: number;
}

interface CreateFlags {
  template: TemplateName;
  force?: boolean;
  link: boolean;
}

const program = new Command('socketcluster')
  .description('A clustered realtime server: HTTP, WebSockets and channels on all cores.')
  .version(ownVersion(), '-v, --version')
  .exitOverride();

program
  .command('run', { isDefault: true })
  .description('start a cluster; flags win over environment, environment over the options file')
  .option('--controller <file>', 'worker controller, a file with run(worker)')
  .option('-p, --port <number>', 'public port', integer)
  .option('-w, --workers <number>', 'worker processes', integer)
  .option('-b, --brokers <number>', 'broker processes', integer)
  .option('--balancers <number>', 'balancer processes', integer)
  .option('--admin-port <number>', 'port of the admin endpoint', integer)
  .option('--options <file>', 'JSON file with any options')
  .allowExcessArguments(false)
  .action(run);

program
  .command('create')
  .description('write a new application, ready for "node server.js"')
  .argument('<name>', 'its folder, made here')
  .addOption(new Option('-t, --template <name>', 'how it is written').choices(templateNames).default('esm'))
  .option('--force', 'write into a folder that is not empty, over files of the same names')
  .option('--no-link', 'make no link to this package in node_modules: npm install does it then')
  .allowExcessArguments(false)
  .action(create);

try {
  refuseUnknown(process.argv[2]);
  await program.parseAsync();
} catch (error) {
  process.exitCode = explain(error);
}

async function run(flags: RunFlags): Promise<void> {
  const { options: file, controller, ...others } = flags;
  const cluster = new SocketCluster({
    ...(file === undefined ? {} : optionsFromFile(file)),
    ...optionsFromEnvironment(process.env),
    ...(controller === undefined ? {} : { workerController: controller }),
    ...others,
  } as OptionsInput);
  await serve(cluster);
}

async function create(name: string, { force = false, link, template }: CreateFlags): Promise<void> {
  const { folder, packageFolder } = await createApplication(name, { force, link, template });
  const steps = [`cd ${name}`, ...(link ? [] : ['npm install']), 'node server.js'];
  process.stdout.write(
    [
      `Created ${folder}. It uses socketcluster from ${packageFolder}.`,
      '',
      ...steps.map((step) => `  ${step}`),
      '',
      'Then open http://localhost:8000/ in two tabs.\n',
    ].join('\n'),
  );
}

/** Without this an unknown command would be an argument too many of the default one. */
function refuseUnknown(word: string | undefined): void {
  const known = [...program.commands.map((command) => command.name()), 'help'];
  if (word !== undefined && !word.startsWith('-') && !known.includes(word)) {
    throw new ClusterError(
      `Cannot run command "${word}": there is no such command${suggest(word, known)}; wanted is one of ${known.join(', ')}`,
      { code: 'USAGE_WRONG' },
    );
  }
}

function ownVersion(): string {
  const { version } = JSON.parse(readFileSync(entry('../package.json'), 'utf8')) as { version: string };
  return version;
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
  return explainFailure(error);
}
