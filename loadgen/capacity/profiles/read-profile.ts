/** Finds profiles: those of the house by name, anybody's by file. */
import { readFileSync } from 'node:fs';
import { dirname, extname, resolve } from 'node:path';
import { ClusterError, suggest } from '../../../server/errors/index.ts';
import { builtIn, profileNames, usualController } from './built-in.ts';
import { type Profile, profileSchema } from './profile.ts';

/**
 * Reads a profile by name, or from a JSON file.
 * @throws ClusterError `OPTION_INVALID` when there is none, and naming what is wrong in a file.
 */
export function readProfile(nameOrFile: string): Profile {
  const found = builtIn(nameOrFile);
  if (found !== undefined) return found;
  if (extname(nameOrFile) !== '.json') {
    throw invalid(
      nameOrFile,
      `wanted is one of ${profileNames.join(', ')}, or a JSON file${suggest(nameOrFile, [...profileNames])}`,
    );
  }
  const profile = parse(nameOrFile, textOf(nameOrFile));
  const folder = dirname(resolve(nameOrFile));
  const { controller = usualController(profile) } = profile;
  return { ...profile, folder, controller: resolve(folder, controller) };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw invalid(file, 'wanted a file that can be read', cause);
  }
}

function parse(
  file: string,
  text: string,
): Omit<Profile, 'folder' | 'controller'> & { controller?: string | undefined } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw invalid(file, 'it is not JSON', cause);
  }
  const { data, error } = profileSchema.safeParse(value);
  if (data !== undefined) return data;
  const [issue] = error.issues;
  const where = issue?.path.join('.');
  throw invalid(
    file,
    `${where ? `"${where}" is wrong: ` : ''}${issue?.message ?? 'it is no profile'}`,
    error,
  );
}

function invalid(file: string, why: string, cause?: unknown): ClusterError {
  return new ClusterError(`Cannot use profile "${file}": ${why}`, { code: 'OPTION_INVALID', cause });
}
