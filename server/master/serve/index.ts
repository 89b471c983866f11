/** Door of `serve`: clusters as the one task of their process. */
export { explainFailure, serve } from './serve.ts';
export { SocketCluster } from './socket-cluster.ts';
