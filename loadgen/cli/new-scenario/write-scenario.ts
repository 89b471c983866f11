/** Scenarios to begin with: whole files, whose word NAME becomes the name of the scenario. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ClusterError } from '../../../server/errors/index.ts';
import { entry } from '../../../server/process/index.ts';

/** What users of a new scenario do. */
export const scenarioTemplates = ['ping-pong', 'calls', 'channels', 'chat', 'custom'] as const;
export type ScenarioTemplate = (typeof scenarioTemplates)[number];

/** Seen from the package's `dist`. */
const FOLDER = '../loadgen/cli/new-scenario/templates';
/** What can stand in a file's name, in a URL and between quotes alike. */
const NAME = /^[a-z\d][\w-]*$/i;

/**
 * Writes a scenario and what belongs to it. Nothing is written over.
 *
 * @returns Names of the files, the scenario first.
 * @throws ClusterError OPTION_INVALID for a name that is none, or when a file of its name is there already.
 */
export async function writeScenario(
  folder: string,
  name: string,
  template: ScenarioTemplate,
): Promise<string[]> {
  if (!NAME.test(name)) {
    throw new ClusterError(
      `Cannot write scenario "${name}": wanted is a name of letters, digits, "-" and "_"`,
      { code: 'OPTION_INVALID' },
    );
  }
  const files = filesOf(template).map(({ file, text }) => ({
    file: file.replace(template, name),
    text: text.replaceAll('NAME', name),
  }));
  const taken = files.map(({ file }) => join(folder, file)).find((path) => existsSync(path));
  if (taken !== undefined) throw refusal(taken, 'it is there already');
  for (const { file, text } of files) {
    await write(join(folder, file), text);
  }
  return files.map(({ file }) => file);
}

/** The files of a template, the scenario first. */
function filesOf(template: ScenarioTemplate): { file: string; text: string }[] {
  const folder = entry(FOLDER);
  const own = new RegExp(`^${template}(-controller|-behaviour)?\\.mjs$`);
  return readdirSync(folder)
    .filter((file) => own.test(file))
    .toSorted((one, other) => one.length - other.length)
    .map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') }));
}

async function write(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text, { flag: 'wx' });
  } catch (error) {
    throw refusal(path, (error as NodeJS.ErrnoException).code ?? String(error), error);
  }
}

function refusal(path: string, why: string, cause?: unknown): ClusterError {
  return new ClusterError(
    `Cannot write "${path}": ${why}, wanted is a new file in a folder that can be written to`,
    {
      code: 'OPTION_INVALID',
      cause,
    },
  );
}
