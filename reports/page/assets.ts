/** Reads what the page carries along: its style sheets and its compiled scripts. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const styleNames = ['theme', 'page', 'charts', 'tables'] as const;
const scriptNames = ['plugins', 'charts', 'tables'] as const;

export interface Assets {
  style: string;
  /** Browser modules without imports, in the order in which they must run. */
  scripts: string[];
}

/**
 * Reads styles and scripts. Works from the sources and from `dist`, since both are found from the package's
 * root; the scripts must have been compiled.
 *
 * @throws Error when the scripts were not built.
 */
export function readAssets(): Assets {
  const root = packageRoot(dirname(fileURLToPath(import.meta.url)));
  return {
    style: styleNames
      .map((name) => readFileSync(join(root, 'reports/browser', `${name}.css`), 'utf8'))
      .join('\n'),
    scripts: scriptNames.map((name) => readScript(join(root, 'dist/reports/browser', `${name}.js`))),
  };
}

function readScript(path: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/\n\/\/# sourceMappingURL=.*\s*$/, '');
  } catch (cause) {
    throw new Error(`Cannot read page script "${path}": it was not built, run npm run build`, { cause });
  }
}

function packageRoot(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error(`Cannot find package.json above "${import.meta.url}"`);
  return packageRoot(parent);
}
