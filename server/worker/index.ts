/** Door of the worker: its classes. Applications see them through `application/`. */
export type { Channel, ChannelEvent } from './channels/index.ts';
export type { SocketTable } from './clients/index.ts';
export { Exchange } from './exchange.ts';
export { letIn } from './let-in.ts';
export { createHttpServer } from './listen/index.ts';
export type { SCWorker, WorkerEvents, WorkerStatus } from './process/index.ts';
export { SCServer } from './server.ts';
export type { ServerEvents } from './server-events.ts';
export type { Callback, Global, Session } from './session/index.ts';
export type { AuthStateChange, Listener, SCSocket } from './socket/index.ts';
