export type { Origin, ProcessEvent } from './roles/index.ts';
export { explainFailure, SelfStartingCluster, serve } from './serve/index.ts';
export { SocketCluster } from './socket-cluster.ts';
