/** A broker process as the master starts one, without a master that would listen to it. */
import type { Child } from '../../../server/process/index.ts';
import { startReady } from '../child.ts';

/** No application runs in it that could talk. */
const TALK = { ipcAckTimeout: 1_000, propagateErrors: false, propagateWarnings: false, crashOnError: true };
/** The store is not used. */
const SESSION_TIMEOUT_MS = 60_000;

/** How a broker is joined with those of other hosts. */
export interface Joining {
  /** Where NATS is. */
  server: string;
  /** 12 hexadecimal digits. */
  hostId: string;
}

/** Starts it; it listens on the unix socket then, and is joined. */
export async function startBroker(path: string, secret: string, joining?: Joining): Promise<Child> {
  const hosts =
    joining === undefined
      ? {}
      : {
          cluster: { engine: 'nats', servers: joining.server, name: 'hop' },
          hostId: joining.hostId,
        };
  const options = { id: 0, path, secret, sessionTimeoutMs: SESSION_TIMEOUT_MS, talk: TALK, ...hosts };
  const { child } = await startReady('server/broker/main.js', options);
  return child;
}
