/** What the process of a server is started with, and what it tells then. */

/** What it is started with. */
export interface ServerStart {
  name: ServerName;
  /** The package.json beside which, or as which, its package is found. */
  packages: string;
  /** Secret of the tokens. */
  authKey: string;
}

/** What it tells when the server listens. */
export interface ServerStarted {
  port: number;
  /** The process that holds the sockets. */
  pid: number;
  /** All processes of the server, `pid` among them. */
  pids: readonly number[];
}

/** A server from a package. */
export type ServerName = 'ours-attached' | 'socketcluster-20' | 'socketcluster-14' | 'socket.io' | 'ws';
