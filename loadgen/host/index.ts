/** Door of `host`: what the kernel of this host says and grants. */

export { cpuQuota, memoryRoom, throttledMs } from './cgroup.ts';
export { monotonicMs, onProcessClock, processClockMs } from './clocks.ts';
export { type NetworkCounters, readNetwork, readTables, type TableShares, waitedMs } from './counters.ts';
export { growDescriptorTable } from './descriptors.ts';
export { addressesTowards, mostAddresses } from './network/index.ts';
export { readKernel, readNumber } from './proc.ts';
export { cpuMicros, type Memory, memoryOf, microsOf } from './process-figures.ts';
export {
  COLLECTS_ALONE,
  keepProcessorsAwake,
  type Precedence,
  takePrecedence,
  whileAwake,
} from './scheduling/index.ts';
export { toolVersion } from './tool-version.ts';
