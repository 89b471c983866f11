/** What the process of a server is started with, if one process is all there is of it. */
export interface ServerStart {
  name: ServerName;
  /** The package.json beside which, or as which, its package is found. */
  packages: string;
  /** Secret of the tokens. */
  authKey: string;
}

/** A server of one process. */
export type ServerName = 'ours-attached' | 'socketcluster-20';
