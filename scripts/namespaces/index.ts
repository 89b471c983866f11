/** Door of `namespaces`: several hosts on one machine. */
export { type Host, type Network, openNetwork } from './network.ts';
export type { HostPlan } from './plan.ts';
