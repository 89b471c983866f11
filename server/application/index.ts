/** Door of the server as applications see it: typed by their contract, and without what is the server's own. */
export type { Channel, Exchange, Watcher } from './exchange.ts';
export type { Middleware, MiddlewareRequests } from './middleware.ts';
export type { SCServer } from './server.ts';
export type { Global, RequestExtras, RequestWithAnswer, SCSocket, Session } from './socket.ts';
export type { SCWorker } from './worker.ts';
