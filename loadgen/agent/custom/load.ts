/** Finds the functions of a scenario's own. */
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { asError, ClusterError } from '../../../server/errors/index.ts';
import type { Group } from '../../plan/index.ts';
import type { OwnBehaviours, OwnGroup } from './own-routine.ts';
import type { OwnBehaviour } from './user.ts';

/**
 * Loads the modules of all groups that have one.
 *
 * @throws ClusterError OPTION_INVALID for a module that cannot be loaded or exports no function `behaviour`.
 */
export async function loadOwnBehaviours(
  groups: readonly Pick<Group, 'behaviour' | 'name'>[],
): Promise<OwnBehaviours> {
  const found = new Map<number, OwnGroup>();
  for (const [group, { behaviour, name }] of groups.entries()) {
    if (behaviour.kind !== 'custom') continue;
    const { file, options } = behaviour;
    found.set(group, { name, file, behaviour: await loadBehaviour(file), options });
  }
  return found;
}

/**
 * Loads one module.
 *
 * @throws ClusterError OPTION_INVALID for a module that cannot be loaded or exports no function `behaviour`.
 */
export async function loadBehaviour(file: string): Promise<OwnBehaviour> {
  if (!existsSync(file)) throw unusable(file, 'there is no such file');
  const module = await importModule(file);
  if (typeof module['behaviour'] === 'function') return module['behaviour'] as OwnBehaviour;
  const names = Object.keys(module)
    .toSorted()
    .map((name) => `"${name}"`);
  throw unusable(file, `it exports ${names.length === 0 ? 'nothing' : names.join(', ')}`);
}

/** Says in one sentence why a file cannot be used, and what is wanted of it. Of several lines the first is kept. */
export function unusable(file: string, why: string, cause?: unknown): ClusterError {
  const [reason] = why.split('\n');
  return new ClusterError(
    `Cannot load behaviour file "${file}": ${reason}, wanted is a module that exports a function named "behaviour"`,
    { code: 'OPTION_INVALID', cause },
  );
}

async function importModule(file: string): Promise<Record<string, unknown>> {
  try {
    return await import(pathToFileURL(file).href);
  } catch (error) {
    throw unusable(file, asError(error).message, error);
  }
}
