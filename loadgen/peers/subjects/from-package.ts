/** Servers from packages, each started by a process of ours that knows how. */
import { entry } from '../../../server/process/index.ts';
import { end, startReady } from '../child.ts';
import type { Dialect } from '../load/index.ts';
import { installPackages, packagesFile } from '../packages.ts';
import type { ServerName, ServerStart, ServerStarted } from '../servers/index.ts';
import { askAt, type Subject } from './subject.ts';

/** What a server needs besides its name. */
interface Origin extends Pick<Subject, 'setup' | 'lacks'> {
  /** Of its WebSocket. */
  path: string;
  /** Default `socketcluster`. */
  dialect?: Dialect;
  /** The package.json beside which, or as which, its package is found. Default: the one that npm installs for all. */
  packages?: string;
}

/** This package itself, which finds its own name as its users do. */
export const ownPackage = entry('../package.json');

/** Makes a subject of a server that `servers/main.ts` knows. */
export function fromPackage(
  name: ServerName,
  { path, dialect = 'socketcluster', packages = packagesFile, ...origin }: Origin,
): Subject {
  return {
    ...origin,
    name,
    prepare: packages === packagesFile ? installPackages : () => Promise.resolve(),
    async start(authKey) {
      const start: ServerStart = { name, packages, authKey };
      const { child, details } = await startReady<ServerStarted>('loadgen/peers/servers/main.js', start);
      return { ...details, path, dialect, ask: askAt(details.port), stop: () => end(child) };
    },
  };
}
