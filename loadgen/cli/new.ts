/** `scbench new`: a scenario to begin with. */
import { type Command, Option } from 'commander';
import { type ScenarioTemplate, scenarioTemplates, writeScenario } from './new-scenario/index.ts';

/** Adds the command. */
export function addNew(program: Command): void {
  program
    .command('new')
    .description('write a scenario that runs as it is, and is meant to be changed')
    .argument('<name>', 'its name; the files are made here')
    .addOption(
      new Option('-t, --template <name>', 'what its users do')
        .choices(scenarioTemplates)
        .default('ping-pong' satisfies ScenarioTemplate),
    )
    .allowExcessArguments(false)
    .action(create);
}

async function create(name: string, { template }: { template: ScenarioTemplate }): Promise<void> {
  const files = await writeScenario(process.cwd(), name, template);
  process.stdout.write(
    `Created ${files.join(', ')}. Run it with:\n\n  npx scbench run --scenario ${files[0]}\n`,
  );
}
