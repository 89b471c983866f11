/** What `socketcluster-bench/scbroker` is: the class that a broker controller of version 14 extends. */
import type { SCBroker as Broker } from './broker/index.ts';
import { classControllers } from './process/controller/index.ts';

/** Gives its methods to the broker that loads the file with the one instance of it. `run()` is called then. */
export const SCBroker = classControllers.broker.base as new () => Broker & { run(): unknown };

export { SCBroker as default, SCBroker as 'module.exports' };
