/** Finds profiles: those of the house by name, anybody's by file. */
import { statSync } from 'node:fs';
import { basename, dirname, extname, resolve } from 'node:path';
import { ClusterError, suggest } from '../../../server/errors/index.ts';
import { builtInProfiles } from './built-in.ts';
import { loadValue, profileFrom } from './file/index.ts';
import type { Profile } from './profile.ts';

/**
 * Reads a profile by name, or from a file: a profile as JSON; or a scenario, as JSON or as a module, whose users are
 * taken and whose number, times, faults, HTTP requests and rules are not.
 *
 * @throws ClusterError OPTION_INVALID when there is none of that name, when the file holds none, or one that cannot be
 *   planned with.
 */
export function readProfile(nameOrFile: string): Profile {
  const builtIn = builtInProfiles.find(({ name }) => name === nameOrFile);
  if (builtIn !== undefined) return builtIn;
  if (extname(nameOrFile) !== '' && isFile(nameOrFile)) {
    const file = resolve(nameOrFile);
    return profileFrom(loadValue(file), { name: basename(file, extname(file)), folder: dirname(file) });
  }
  const names = builtInProfiles.map(({ name }) => name);
  throw new ClusterError(
    `Cannot use profile "${nameOrFile}": no such profile or file, wanted is one of ${names.join(', ')} or a file${suggest(nameOrFile, names)}`,
    { code: 'OPTION_INVALID' },
  );
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
