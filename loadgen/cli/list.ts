/** `scbench list`: the scenarios of the house. */
import type { Command } from 'commander';
import { formatClock } from '../../reports/index.ts';
import { loadScenario, scenarioNames } from '../coordinator/index.ts';
import { lengthOf, resolvePlan } from '../plan/resolve/index.ts';

/** Adds the command. */
export function addList(program: Command): void {
  program
    .command('list')
    .description('name the scenarios, how long each takes, and the question it answers')
    .allowExcessArguments(false)
    .action(async () => {
      process.stdout.write(await listScenarios());
    });
}

/** One line for each scenario: name, length in minutes and seconds, question. */
export async function listScenarios(): Promise<string> {
  const found = await Promise.all(scenarioNames().map((name) => loadScenario(name)));
  const rows = found.map(({ scenario }) => {
    const { plan, question } = resolvePlan(scenario);
    return { name: plan.scenario, length: formatClock(lengthOf(plan)), question };
  });
  const [nameWidth, lengthWidth] = [
    Math.max(...rows.map(({ name }) => name.length)),
    Math.max(...rows.map(({ length }) => length.length)),
  ];
  return rows
    .map(
      ({ name, length, question }) =>
        `${name.padEnd(nameWidth)}  ${length.padStart(lengthWidth)}  ${question}\n`,
    )
    .join('');
}
