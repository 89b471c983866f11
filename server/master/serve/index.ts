/** Door of `serve`: clusters as the one task of their process. */
export { rollOnSignal } from './roll-on-signal.ts';
export { explainFailure, serve } from './serve.ts';
export { SocketCluster } from './socket-cluster.ts';
