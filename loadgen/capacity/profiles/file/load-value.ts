/** What a file holds, before anybody has looked whether it is a profile. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname } from 'node:path';
import { ClusterError } from '../../../../server/errors/index.ts';
import { lineOfFault } from '../../../../server/options/index.ts';

/**
 * Loads a file: JSON, or whatever Node itself takes for a module; of that, what it exports as `scenario` or by default.
 *
 * @param file Its absolute path.
 * @throws ClusterError OPTION_INVALID when it cannot be read, or exports neither.
 */
export function loadValue(file: string): unknown {
  if (extname(file) === '.json') return parseJson(file);
  const module = requireModule(file);
  const value = module?.scenario ?? module?.default;
  if (value === undefined) throw refusal(file, 'it exports nothing named scenario');
  return value;
}

function parseJson(file: string): unknown {
  let text = '';
  try {
    text = readFileSync(file, 'utf8');
    return JSON.parse(text);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw refusal(file, code ?? `it is not JSON from line ${lineOfFault(text)} on`, error);
  }
}

function requireModule(file: string): { scenario?: unknown; default?: unknown } | null | undefined {
  try {
    return createRequire(import.meta.url)(file);
  } catch (error) {
    const [why = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw refusal(file, why, error);
  }
}

function refusal(file: string, why: string, cause?: unknown): ClusterError {
  return new ClusterError(`Cannot read profile file "${file}": ${why}`, { code: 'OPTION_INVALID', cause });
}
