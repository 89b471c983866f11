/** A worker as an application with a contract sees it. Nothing but types. */
import type { EventEmitter } from 'node:events';
import type { Contract, Untyped } from '../protocol/index.ts';
import type { SCWorker as AnyWorker, WorkerEvents } from '../worker/index.ts';
import type { Exchange } from './exchange.ts';
import type { SCServer } from './server.ts';
import type { Global, SCSocket } from './socket.ts';

type Retyped = keyof EventEmitter | 'exchange' | 'getSCServer' | 'global' | 'scServer';
/** For classes to override. */
type Hook = 'createHTTPServer';

/** What the controller's `run` gets. */
export interface SCWorker<C extends Contract = Untyped>
  extends Omit<AnyWorker, Retyped | Hook>,
    EventEmitter<WorkerEvents<SCSocket<C>>> {
  readonly exchange: Exchange<C>;
  /** What the whole cluster shares; the same as that of `scServer`. */
  readonly global: Global<C>;
  /** The worker's realtime server. */
  readonly scServer: SCServer<C>;
  /** The same as `scServer`. */
  getSCServer(): SCServer<C>;
}
