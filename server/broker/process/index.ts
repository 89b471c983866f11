/** Door of `process`: the broker as its controller sees it. */
export { SCBroker } from './broker-process.ts';
