/** Finds profiles: those of the house by name, anybody's by file. */
import { basename, extname } from 'node:path';
import { ClusterError, suggest } from '../../../server/errors/index.ts';
import { type FoundScenario, loadScenario } from '../../coordinator/index.ts';
import { builtInProfiles } from './built-in.ts';
import { profileFrom } from './file/index.ts';
import type { Profile } from './profile.ts';

/**
 * Reads a profile by name, or from whatever a scenario is read from: a profile as JSON or as a module; or a scenario, by
 * its name or file, whose users are taken and whose number, times, faults, HTTP requests and rules are not.
 *
 * @throws ClusterError OPTION_INVALID when there is none of that name, when the file holds none, or one that cannot be
 *   planned with.
 */
export async function readProfile(nameOrFile: string): Promise<Profile> {
  const builtIn = builtInProfiles.find(({ name }) => name === nameOrFile);
  if (builtIn !== undefined) return builtIn;
  const { folder, scenario } = await found(nameOrFile);
  return profileFrom(scenario, { name: basename(nameOrFile, extname(nameOrFile)), folder });
}

async function found(nameOrFile: string): Promise<FoundScenario> {
  try {
    return await loadScenario(nameOrFile);
  } catch (error) {
    if (!(error instanceof ClusterError && error.code === 'SCENARIO_UNKNOWN')) throw error;
    const names = builtInProfiles.map(({ name }) => name);
    throw new ClusterError(
      `Cannot use profile "${nameOrFile}": no such profile or file, wanted is one of ${names.join(', ')} or a file${suggest(nameOrFile, names)}`,
      { code: 'OPTION_INVALID', cause: error },
    );
  }
}
