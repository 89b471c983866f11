/** Whether this host reaches the target at all, asked before the load. */
import { once } from 'node:events';
import { createConnection } from 'node:net';
import type { TargetAddress } from '../plan/index.ts';

/** Time for a connection, milliseconds. */
const CONNECT_WITHIN_MS = 5_000;

/** Opens a connection to the target and closes it. Returns why that cannot be; undefined when it can. */
export async function knock(
  { host, port }: Pick<TargetAddress, 'host' | 'port'>,
  withinMs = CONNECT_WITHIN_MS,
): Promise<string | undefined> {
  const socket = createConnection({ host, port });
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(withinMs) });
    return undefined;
  } catch (error) {
    const { name, code } = error as NodeJS.ErrnoException;
    return name === 'AbortError' ? `no answer within ${withinMs / 1_000} s` : (code ?? String(error));
  } finally {
    socket.destroy();
  }
}
