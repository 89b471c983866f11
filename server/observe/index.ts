/** Door of `observe`. Light, because every process comes through it; the log has a door of its own, `log/`. */
export { createCounters } from './counters.ts';
export {
  type AgedSnapshot,
  type ClusterState,
  createSnapshots,
  type RoleFigures,
  type Snapshot,
} from './snapshot.ts';
