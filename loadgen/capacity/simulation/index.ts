/** Door of `simulation`: a cluster of known capacity, to try a search on. */
export { lateShare, quietCluster, type SimulatedCluster, servedBy, trueCapacity } from './cluster.ts';
export { createDraws, type Draws } from './draws.ts';
export { startSimulation } from './run.ts';
export { type EndedSearch, searchOn } from './search-on.ts';
