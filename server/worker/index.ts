export type { Channel, Watcher } from './exchange.ts';
export type { SCServer } from './server.ts';
export type { Listener, Respond, SCSocket } from './socket/index.ts';
export type { SCWorker } from './worker.ts';
