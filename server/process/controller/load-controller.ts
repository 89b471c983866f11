import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { ClusterError } from '../../errors/index.ts';
import { textOf } from '../ipc.ts';
import { classControllers } from './class-controller.ts';

interface Module {
  run?: unknown;
  default?: { run?: unknown };
}

/**
 * Loads a controller, an ES module or a CommonJS one, and gives its function `run`.
 *
 * @param role Whose controller it is, for the sentence that says what is wrong with it.
 * @param path Absolute.
 * @throws ClusterError CONTROLLER_INVALID.
 */
export async function loadController<Subject>(
  role: string,
  path: string,
): Promise<(subject: Subject) => unknown> {
  const run = runOf<Subject>(await load(role, path));
  if (run === undefined) {
    throw unusable(role, path, 'it exports no function named run');
  }
  return run;
}

/**
 * Loads a controller and runs it: its function `run`, or the method of the class that it makes an instance of.
 *
 * @param prepare Called in between, when it is known what the class overrides.
 * @throws ClusterError CONTROLLER_INVALID, or what the controller throws.
 */
export async function runController(
  role: keyof typeof classControllers,
  path: string,
  subject: object,
  prepare: () => void = ignore,
): Promise<void> {
  let run: ((subject: object) => unknown) | undefined;
  const runOfClass = await classControllers[role].during(subject, async () => {
    const module = await load(role, path);
    run = runOf(module);
    return module.default;
  });
  const chosen = run ?? runOfClass;
  if (chosen === undefined) {
    throw unusable(
      role,
      path,
      'it exports no function named run, and there is no "new" of a class of its own',
    );
  }
  prepare();
  await chosen(subject);
}

/** @throws ClusterError CONTROLLER_INVALID when a controller's file is not there. */
export function findController(role: string, path: string): void {
  if (!existsSync(path)) {
    throw new ClusterError(`Cannot load ${role} controller "${path}": there is no such file`, {
      code: 'CONTROLLER_INVALID',
    });
  }
}

async function load(role: string, path: string): Promise<Module> {
  findController(role, path);
  try {
    return (await import(pathToFileURL(path).href)) as Module;
  } catch (error) {
    throw new ClusterError(
      `Cannot load ${role} controller "${path}": ${textOf(error)}${placeOf(error, path)}`,
      {
        code: 'CONTROLLER_INVALID',
        cause: error,
      },
    );
  }
}

function runOf<Subject>(module: Module): ((subject: Subject) => unknown) | undefined {
  const run = module.run ?? module.default?.run;
  return typeof run === 'function' ? (run as (subject: Subject) => unknown) : undefined;
}

function unusable(role: string, path: string, why: string): ClusterError {
  return new ClusterError(`Cannot use ${role} controller "${path}": ${why}`, { code: 'CONTROLLER_INVALID' });
}

/**
 * Where the text of a module breaks off. Of a CommonJS one Node writes it above the stack; of an ES module it tells
 * the terminal alone, so a Node is asked that only reads it.
 */
function placeOf(error: unknown, path: string): string {
  if (!(error instanceof SyntaxError)) {
    return '';
  }
  const said = [
    error.stack ?? '',
    spawnSync(process.execPath, ['--check', path], { encoding: 'utf8' }).stderr,
  ];
  const place = said.map((text) => text.split('\n')[0] ?? '').find((line) => /:\d+$/.test(line));
  return place === undefined ? '' : `, at ${place.replace(/^file:\/\//, '')}`;
}

/** Most roles have nothing to prepare. */
function ignore(): void {}
