/** Door of `processes`: the cluster's processes, and who looks after them. */
export { watchBalancers, watchWorkers } from './dealing.ts';
export { limitMemory } from './memory.ts';
export { Processes } from './processes.ts';
