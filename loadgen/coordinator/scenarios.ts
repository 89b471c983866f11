/** Finds scenarios: those of the house by name, anybody's by file. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, extname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ClusterError, suggest } from '../../server/errors/index.ts';
import { lineOfFault } from '../../server/options/index.ts';
import { entry } from '../../server/process/index.ts';
import type { Scenario } from '../plan/index.ts';

/** A scenario and the folder its relative paths start from. */
export interface FoundScenario {
  scenario: Scenario;
  folder: string;
}

/** Names of the scenarios of the house. */
export function scenarioNames(): string[] {
  return readdirSync(entry('scenarios'))
    .filter((file) => file.endsWith('.js'))
    .map((file) => basename(file, '.js'))
    .toSorted();
}

/**
 * Loads a scenario by name, or from a file: JSON, or whatever Node itself takes for a module.
 *
 * @throws ClusterError SCENARIO_UNKNOWN when there is none; OPTION_INVALID when the file holds none.
 */
export async function loadScenario(nameOrFile: string): Promise<FoundScenario> {
  if (scenarioNames().includes(nameOrFile)) {
    return load(entry(`scenarios/${nameOrFile}.js`));
  }
  if (extname(nameOrFile) !== '' && isFile(nameOrFile)) {
    return load(resolve(nameOrFile));
  }
  throw new ClusterError(
    `Cannot run scenario "${nameOrFile}": no such scenario or file, wanted is one of ${scenarioNames().join(', ')}` +
      suggest(nameOrFile, scenarioNames()),
    { code: 'SCENARIO_UNKNOWN' },
  );
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

async function load(file: string): Promise<FoundScenario> {
  const folder = dirname(file);
  if (extname(file) === '.json') {
    return { scenario: parseJson(file), folder };
  }
  const module = await importModule(file);
  const scenario = module.scenario ?? module.default;
  if (scenario === undefined) {
    throw new ClusterError(`Cannot use scenario file "${file}": it exports nothing named scenario`, {
      code: 'OPTION_INVALID',
    });
  }
  return { scenario, folder };
}

async function importModule(file: string): Promise<{ scenario?: Scenario; default?: Scenario }> {
  try {
    return await import(pathToFileURL(file).href);
  } catch (error) {
    throw new ClusterError(`Cannot load scenario file "${file}": ${reasonOf(file, error)}`, {
      code: 'OPTION_INVALID',
      cause: error,
    });
  }
}

function reasonOf(file: string, error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ERR_UNKNOWN_FILE_EXTENSION' && /\.[cm]?ts$/.test(file)) {
    return `Node ${process.versions.node} takes no TypeScript, wanted is what it compiles to, or Node 22.18 or later`;
  }
  const [why = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  return why;
}

function parseJson(file: string): Scenario {
  let text = '';
  try {
    text = readFileSync(file, 'utf8');
    return JSON.parse(text);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code ?? `it is not JSON from line ${lineOfFault(text)} on`;
    throw new ClusterError(`Cannot read scenario file "${file}": ${why}`, {
      code: 'OPTION_INVALID',
      cause: error,
    });
  }
}
