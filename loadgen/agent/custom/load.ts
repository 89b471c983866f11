/** Finds the functions of a scenario's own. */
import { pathToFileURL } from 'node:url';
import { ClusterError } from '../../../server/errors/index.ts';
import type { Group } from '../../plan/index.ts';
import type { OwnBehaviours } from './own-routine.ts';
import type { OwnBehaviour } from './user.ts';

/**
 * Loads the modules of all groups that have one.
 *
 * @throws ClusterError OPTION_INVALID for a module that cannot be loaded or exports no function `behaviour`.
 */
export async function loadOwnBehaviours(groups: readonly Pick<Group, 'behaviour'>[]): Promise<OwnBehaviours> {
  const found = new Map<number, { behaviour: OwnBehaviour; options: unknown }>();
  for (const [group, { behaviour }] of groups.entries()) {
    if (behaviour.kind !== 'custom') continue;
    found.set(group, { behaviour: await load(behaviour.file), options: behaviour.options });
  }
  return found;
}

async function load(file: string): Promise<OwnBehaviour> {
  const module = await importModule(file);
  if (typeof module.behaviour === 'function') return module.behaviour as OwnBehaviour;
  throw new ClusterError(`Cannot use behaviour file "${file}": it exports no function named behaviour`, {
    code: 'OPTION_INVALID',
  });
}

async function importModule(file: string): Promise<{ behaviour?: unknown }> {
  try {
    return await import(pathToFileURL(file).href);
  } catch (error) {
    const [why] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw new ClusterError(`Cannot load behaviour file "${file}": ${why}`, {
      code: 'OPTION_INVALID',
      cause: error,
    });
  }
}
