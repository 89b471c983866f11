/** The host under the servers: its cores, and what it counts of their processes. */
export { waitForCalm } from './calm.ts';
export { type Cores, chooseCores, pin } from './cores.ts';
export { hasCounters } from './instructions.ts';
export { countEnded, processTree } from './process-tree.ts';
export { beginUse, type ServerUse } from './server-meter.ts';
