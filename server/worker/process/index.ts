/** Door of `process`: the worker as a process. */
export { Front, type FrontOptions } from './front.ts';
export { Rates } from './rates.ts';
export { SCWorker, type WorkerEvents, type WorkerStatus } from './worker.ts';
