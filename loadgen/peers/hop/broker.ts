/** A broker process as the master starts one, without a master that would listen to it. */
import type { Child } from '../../../server/process/index.ts';
import { startReady } from '../child.ts';

/** No application runs in it that could talk. */
const TALK = { ipcAckTimeout: 1_000, propagateErrors: false, propagateWarnings: false, crashOnError: true };
/** The store is not used. */
const SESSION_TIMEOUT_MS = 60_000;

/** Starts it; it listens on the unix socket then. */
export async function startBroker(path: string, secret: string): Promise<Child> {
  const options = { id: 0, path, secret, sessionTimeoutMs: SESSION_TIMEOUT_MS, talk: TALK };
  const { child } = await startReady('server/broker/main.js', options);
  return child;
}
