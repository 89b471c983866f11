/** Servers of the builds that are compared. */
export { type Cluster, startCluster } from './cluster.ts';
