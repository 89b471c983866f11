/** Door of the store, for the two ends of a link and for workers. */
export { createMemoryStore, MemoryStoreHub } from './memory-store.ts';
export { RemoteStore } from './remote-store.ts';
export {
  type Revocation,
  type RevocationMemory,
  RevocationTable,
  readRevocations,
} from './revocations/index.ts';
export type { SessionChange, Store, TakeNotice } from './store.ts';
export { StoreHub } from './store-hub.ts';
export type { Operation, Path } from './tree/index.ts';
export { answer, encodeRevocations, inParts, REVOKED, topicOf } from './wire.ts';
