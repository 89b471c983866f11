/** Door of `costs`: what one user, one message and one socket cost a process. */
export { fitMemory, type MemoryModel, type MemoryPoint } from './memory.ts';
export { busiestShare } from './skew.ts';
export { busyMicrosOf, type CostModel, type CostRemark, fitCosts, predictBusy } from './unit-costs.ts';
export { eachKind, KINDS, type Kind, type Observation, type OfEachKind } from './work.ts';
