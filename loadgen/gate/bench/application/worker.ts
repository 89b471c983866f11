/** What the application needs of the worker it runs in, whatever version of the server that is. */

type Respond = (error: null, answer: unknown) => void;
type Next = (error?: unknown) => void;

/** A connected client. */
export interface Socket {
  on(event: 'ping', listener: (data: unknown, respond: Respond) => void): unknown;
}

/** The part of a worker's server that every version since 14 has. */
export interface Server {
  readonly MIDDLEWARE_PUBLISH_IN: string;
  readonly MIDDLEWARE_PUBLISH_OUT: string;
  addMiddleware(line: string, middleware: (request: object, next: Next) => void): void;
  on(event: 'connection', listener: (socket: Socket) => void): unknown;
}

/** What a worker hands to its controller. */
export interface Worker {
  readonly scServer?: Server;
  getSCServer?(): Server;
}

/** Finds the server: version 14 has it as a property, earlier ones behind a function. */
export function serverOf(worker: Worker): Server {
  const server = worker.scServer ?? worker.getSCServer?.();
  if (server !== undefined) return server;
  throw new TypeError('Cannot run the application of the gate: the worker has no server, wanted scServer');
}
