/** The only file that knows chart.js: everything else describes charts in words of its own. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * Reads chart.js as one browser script that defines the global `Chart`. The reference to its source map is
 * cut off: a page that is to open offline asks for no other file.
 */
export function readChartLibrary(): string {
  const entry = createRequire(import.meta.url).resolve('chart.js');
  const source = readFileSync(join(dirname(entry), 'chart.umd.min.js'), 'utf8');
  return source.replace(/\n\/\/# sourceMappingURL=.*\s*$/, '');
}
