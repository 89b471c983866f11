/** Door of `process`: the worker as a process. */
export { type WorkerEvents, WorkerProcess, type WorkerStatus } from './worker-process.ts';
