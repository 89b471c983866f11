/** The realtime server as an application with a contract sees it. Nothing but types. */
import type { EventEmitter } from 'node:events';
import type { Contract, Untyped } from '../protocol/index.ts';
import type { SCServer as AnyServer, ServerEvents, SocketTable } from '../worker/index.ts';
import type { Exchange } from './exchange.ts';
import type { Line, Middleware, OldLine, OldMiddleware } from './middleware.ts';
import type { Global, SCSocket } from './socket.ts';

type Retyped =
  | keyof EventEmitter
  | 'addMiddleware'
  | 'clients'
  | 'exchange'
  | 'global'
  | 'pendingClients'
  | 'removeMiddleware';

type Internal =
  | 'admit'
  | 'auth'
  | 'authorize'
  | 'beReady'
  | 'check'
  | 'codec'
  | 'connections'
  | 'counters'
  | 'heartbeat'
  | 'join'
  | 'leave'
  | 'lines'
  | 'notify'
  | 'opened'
  | 'outbox'
  | 'publish'
  | 'sendAway'
  | 'sessions'
  | 'sign'
  | 'wires';

/** The realtime server of one process. */
export interface SCServer<C extends Contract = Untyped>
  extends Omit<AnyServer, Retyped | Internal>,
    EventEmitter<ServerEvents<SCSocket<C>>> {
  /** Open sockets by id. */
  readonly clients: SocketTable<SCSocket<C>>;
  /** Sockets by id that have not done their handshake. */
  readonly pendingClients: SocketTable<SCSocket<C>>;
  readonly exchange: Exchange<C>;
  /** What the whole cluster shares. */
  readonly global: Global<C>;

  /** Adds a function at the end of a line. */
  addMiddleware<L extends Line>(line: L, middleware: Middleware<C, L>): void;
  /** Adds a function in the manner of 0.9, which takes each detail as an argument. */
  addMiddleware<L extends OldLine>(line: L, middleware: OldMiddleware<C, L>): void;

  /** Takes a function out of a line. */
  removeMiddleware<L extends Line>(line: L, middleware: Middleware<C, L>): void;
  removeMiddleware<L extends OldLine>(line: L, middleware: OldMiddleware<C, L>): void;
}
