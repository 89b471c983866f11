export type { ClosedWindow } from './closed-window.ts';
export { createLoadMeter } from './load.ts';
export { LoopDelay } from './loop-delay.ts';
export { Recorder } from './recorder.ts';
export type { WorkerRecord } from './worker-record.ts';
