/** Door of `socketcluster-14`: a server of several processes, the last that SocketCluster itself started. */
export { startSocketCluster14 } from './cluster.ts';
