/** A gate job: from blocks as they are measured to its answer, and again from its record. */
export { measureBlock, type OpenBlock, type Place } from './measure-block.ts';
export { type Recomputed, recompute } from './recompute.ts';
export { type GateAnswer, runGate } from './run-gate.ts';
export { ServerBrokeDown } from './server-broke-down.ts';
