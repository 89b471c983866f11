/** What the process of a client is started with that is not a load process of ours. */
import type { Share } from '../../plan/index.ts';

/** Clients that are driven by a plain loop. */
export type ClientName = 'ws' | 'socketcluster-client';

/** The same share a load process gets, so that all clients do the same. */
export interface ClientStart {
  name: ClientName;
  share: Share;
}
