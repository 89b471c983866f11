/** What `socketcluster-bench/scworker` is: the class that a worker controller of version 14 extends. */
import type { Server } from 'node:http';
import type { SCWorker as Worker } from './application/index.ts';
import { classControllers } from './process/controller/index.ts';
import type { Contract, Untyped } from './protocol/index.ts';

/** What the class of the application may override. */
interface Hooks {
  /** Called once the HTTP server is there, before it listens. Default: does nothing. */
  run(): unknown;
  /** Makes the HTTP or HTTPS server, without listening. Default: that of the options. */
  createHTTPServer(): Server;
}

/** Gives its methods to the worker that loads the file with the one instance of it. `run()` is called then. */
export const SCWorker = classControllers.worker.base as new <C extends Contract = Untyped>() => Worker<C> &
  Hooks;

export { SCWorker as default, SCWorker as 'module.exports' };
