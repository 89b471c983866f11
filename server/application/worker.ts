/** A worker as an application with a contract sees it. Nothing but types. */
import type { Contract, Untyped } from '../protocol/index.ts';
import type { SCWorker as AnyWorker } from '../worker/index.ts';
import type { Exchange } from './exchange.ts';
import type { SCServer } from './server.ts';

type Retyped = 'exchange' | 'getSCServer' | 'scServer';
type Internal = 'adopt' | 'counts' | 'follow' | 'start' | 'stop';

/** What the controller's `run` gets. */
export interface SCWorker<C extends Contract = Untyped> extends Omit<AnyWorker, Retyped | Internal> {
  readonly exchange: Exchange<C>;
  /** The worker's realtime server. */
  readonly scServer: SCServer<C>;
  /** The same as `scServer`. */
  getSCServer(): SCServer<C>;
}
