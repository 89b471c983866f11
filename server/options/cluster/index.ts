/** Door of `cluster`: the options of a host among others. */
export { type ClusterOption, clusterOption, hostName } from './cluster.ts';
