/** What `socketcluster-bench/scworker` is: the class that a worker controller of version 14 extends. */
import type { SCWorker as Worker } from './application/index.ts';
import { classControllers } from './process/controller/index.ts';
import type { Contract, Untyped } from './protocol/index.ts';

/** Gives its methods to the worker that loads the file with the one instance of it. `run()` is called then. */
export const SCWorker = classControllers.worker.base as new <C extends Contract = Untyped>() => Worker<C>;

export { SCWorker as 'module.exports' };
