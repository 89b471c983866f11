/** What the process of a client is started with that is not a load process of ours. */
import type { Share } from '../../plan/index.ts';

/** Clients that are driven by a plain loop; `ws-text` is `ws` without SocketCluster on it, `driver` what our load processes speak by. */
export type ClientName = 'driver' | 'ws' | 'ws-text' | 'socketcluster-client';

/** The same share a load process gets, so that all clients do the same. */
export interface ClientStart {
  name: ClientName;
  share: Share;
}
