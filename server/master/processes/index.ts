/** Door of `processes`: the cluster's processes, and who looks after them. */
export { startBrokers } from './brokers.ts';
export { Processes } from './processes.ts';
export { PublicSide } from './public-side.ts';
