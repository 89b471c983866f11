/** Door of the store, for the two ends of a link and for workers. */
export { createMemoryStore, MemoryStoreHub } from './memory-store.ts';
export { RemoteStore } from './remote-store.ts';
export type { SessionChange, Store, TakeNotice } from './store.ts';
export { StoreHub } from './store-hub.ts';
export type { Operation, Path } from './tree/index.ts';
export { answer, topicOf } from './wire.ts';
