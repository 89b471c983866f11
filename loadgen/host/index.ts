/** Door of `host`: what the kernel of this host says, asked by reading its files. */
export { cpuQuota, memoryRoom, throttledMs } from './cgroup.ts';
export { type NetworkCounters, readNetwork, readTables, type TableShares, waitedMs } from './counters.ts';
export { readKernel, readNumber } from './proc.ts';
