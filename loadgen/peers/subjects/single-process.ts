/** Servers of one process, from packages. */
import { entry } from '../../../server/process/index.ts';
import { end, startReady } from '../child.ts';
import { installPackages, packagesFile } from '../packages.ts';
import type { ServerName, ServerStart } from '../servers/index.ts';
import { askAt, type Subject } from './subject.ts';

/** What a server needs besides its name. */
interface Origin {
  /** How it is set up, for whoever reads the figures. */
  setup: string;
  /** Of its WebSocket. */
  path: string;
  /** The package.json beside which, or as which, its package is found. Default: the one that npm installs for all. */
  packages?: string;
}

/** This package itself, which finds its own name as its users do. */
export const ownPackage = entry('../package.json');

/** Makes a subject of a server that `servers/main.ts` knows. */
export function singleProcess(name: ServerName, { setup, path, packages = packagesFile }: Origin): Subject {
  return {
    name,
    setup,
    prepare: packages === packagesFile ? installPackages : () => Promise.resolve(),
    async start(authKey) {
      const start: ServerStart = { name, packages, authKey };
      const { child, details } = await startReady<{ port: number }>('loadgen/peers/servers/main.js', start);
      const { port } = details;
      return { port, path, pid: child.pid, pids: [child.pid], ask: askAt(port), stop: () => end(child) };
    },
  };
}
