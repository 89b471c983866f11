/** Which build of the bench this is. */
import { createRequire } from 'node:module';
import { entry } from '../../server/process/index.ts';

/** Version of this package. */
export function toolVersion(): string {
  const manifest: unknown = createRequire(import.meta.url)(entry('../package.json'));
  return (manifest as { version: string }).version;
}
