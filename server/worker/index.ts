export type { Channel, Watcher } from './exchange.ts';

export type { SCServer } from './server.ts';
export type { Global, RequestExtras, Session } from './session/index.ts';
export type { Listener, Respond, SCSocket } from './socket/index.ts';
export type { SCWorker } from './worker.ts';
