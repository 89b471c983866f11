/** What a link is made of and what it tells. */
import type { ClusterError } from '../../errors/index.ts';
import type { Deliver } from '../broker.ts';

/** A link is `up` when its broker has welcomed it. */
export type LinkState = 'up' | 'down';

/** What a link needs to know. */
export interface LinkOptions {
  path: string;
  secret: string;
  workerId: number;
  deliver: Deliver;
  /** Takes a notice. The bytes are only valid during the call. */
  onNotice?(channel: string, payload: Uint8Array): void;
  /** Milliseconds a call waits for the broker. */
  ackTimeoutMs: number;
  /** Called when the state changes, with the reason when it went down. */
  onState?(state: LinkState, error?: ClusterError): void;
  /** Called when the line falls and at each attempt that fails, with how many these are in a row. */
  onFailure?(failures: number, error: ClusterError): void;
}
