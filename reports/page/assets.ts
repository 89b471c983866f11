/** Reads what the page carries along: its style sheets and its compiled scripts. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const styleNames = ['theme', 'page', 'charts', 'tables', 'timeline', 'gate', 'plan'] as const;
/** Reads all style sheets. Works from the sources and from `dist`: both are found from the package's root. */
export function readStyle(): string {
  return styleNames
    .map((name) => readFileSync(join(root(), 'reports/browser', `${name}.css`), 'utf8'))
    .join('\n');
}

/**
 * Reads a compiled browser module, which has no imports, by its name.
 *
 * @throws Error when it was not built.
 */
export function readScript(name: string): string {
  const path = join(root(), 'dist/reports/browser', `${name}.js`);
  try {
    return readFileSync(path, 'utf8').replace(/\n\/\/# sourceMappingURL=.*\s*$/, '');
  } catch (cause) {
    throw new Error(`Cannot read page script "${path}": it was not built, run npm run build`, { cause });
  }
}

function root(): string {
  return packageRoot(dirname(fileURLToPath(import.meta.url)));
}

function packageRoot(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error(`Cannot find package.json above "${import.meta.url}"`);
  return packageRoot(parent);
}
