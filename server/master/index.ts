export type { Origin, ProcessEvent } from './roles/index.ts';
export { explainFailure, SocketCluster, serve } from './serve/index.ts';
