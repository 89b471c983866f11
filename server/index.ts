/** The public door of the server. */
export { ClusterError, type ErrorCode } from './errors/index.ts';
export { type ProcessEvent, SocketCluster } from './master/index.ts';
export type { ClusterState, Snapshot } from './observe/index.ts';
export type { Options, OptionsInput } from './options/index.ts';
export type { Channel, Listener, Respond, SCServer, SCSocket, SCWorker, Watcher } from './worker/index.ts';
