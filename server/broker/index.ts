/** Door of `broker`: what a worker needs to share channels with other workers. */
export type { Broker } from './broker.ts';
export { createMemoryBroker } from './memory-broker.ts';
export type { SCBroker } from './process/index.ts';
export { connectBrokers } from './remote-broker.ts';
export {
  createMemoryStore,
  MemoryStoreHub,
  type Operation,
  type Path,
  type Revocation,
  type RevocationMemory,
  RevocationTable,
  type Store,
  type TakeNotice,
} from './store/index.ts';
