import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { ClusterError } from '../../errors/index.ts';
import { textOf } from '../ipc.ts';

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
  if (!existsSync(path)) {
    throw new ClusterError(`Cannot load ${role} controller "${path}": there is no such file`, {
      code: 'CONTROLLER_INVALID',
    });
  }
  let module: { run?: unknown; default?: { run?: unknown } };
  try {
    module = await import(pathToFileURL(path).href);
  } catch (error) {
    throw new ClusterError(`Cannot load ${role} controller "${path}": ${textOf(error)}`, {
      code: 'CONTROLLER_INVALID',
      cause: error,
    });
  }
  const run = module.run ?? module.default?.run;
  if (typeof run !== 'function') {
    throw new ClusterError(`Cannot use ${role} controller "${path}": it exports no function named run`, {
      code: 'CONTROLLER_INVALID',
    });
  }
  return run as (subject: Subject) => unknown;
}
