/** The controller file of a slowed application: workers load files, and are told nothing else. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { entry } from '../../../../server/process/index.ts';
import { cannotWrite } from '../../../results/index.ts';
import type { ServiceTime } from './service-time.ts';

const NAME = 'controller.mjs';

/**
 * Writes a controller that is the application's own with a service time, and gives its path.
 *
 * @param application Path of the application's own controller.
 * @param folder It must exist. A controller that is there already is written anew.
 * @throws ClusterError OPTION_INVALID or RESULTS_UNWRITTEN when it cannot be written.
 */
export function writeController(folder: string, application: string, time: ServiceTime): string {
  const path = join(folder, NAME);
  const [slowing, own] = [entry('loadgen/capacity/trials/application/controller.js'), application].map(
    (file) => JSON.stringify(pathToFileURL(file).href),
  );
  const lines = [
    `import { slowed } from ${slowing};`,
    `import * as application from ${own};`,
    `export const run = slowed(${JSON.stringify(time)}, application.default ?? application);`,
  ];
  try {
    writeFileSync(path, `${lines.join('\n')}\n`);
  } catch (error) {
    throw cannotWrite(`controller "${path}"`, error, { wanted: 'a folder that can be written to' });
  }
  return path;
}
