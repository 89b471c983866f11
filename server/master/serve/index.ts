/** Door of `serve`: clusters as the one task of their process. */
export { rollOnSignal } from './roll-on-signal.ts';
export { SelfStartingCluster } from './self-starting-cluster.ts';
export { explainFailure, serve } from './serve.ts';
