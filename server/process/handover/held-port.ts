/**
 * A port that one process holds and others listen on. It stays open while none of them runs: who connects then
 * waits in the system for the next one, instead of being refused.
 */
import { lookup } from 'node:dns/promises';
import net from 'node:net';
import { type Channel, type Message, post } from '../ipc.ts';
import { type Handle, type HandleChannel, onHandle, postHandle } from './handle.ts';

/** What this file needs of Node below its public interface: a handle that is bound and does not listen. */
interface Binder {
  _createServerHandle(address: string, port: number, family: 4 | 6): Handle | number;
}

const WANTED = 'wantPort';
const GIVEN = 'port';

/**
 * Binds a port without listening. Close the handle to give the port up.
 *
 * @param host Default: all addresses.
 * @throws Error with the system's code when it refuses.
 */
export async function holdPort(port: number, host?: string): Promise<Handle> {
  if (host !== undefined) {
    const { address, family } = await lookup(host);
    return bind(address, port, family === 6 ? 6 : 4);
  }
  try {
    return bind('::', port, 6);
  } catch {
    return bind('0.0.0.0', port, 4); // a system without IPv6
  }
}

/** Gives a held port to a process whenever it asks for it. */
export function lendPort(forked: HandleChannel & Pick<NodeJS.EventEmitter, 'on'>, held: Handle): void {
  forked.on('message', (message: Partial<Message> | null) => {
    if (message?.type === WANTED) {
      postHandle(forked, { type: GIVEN }, held, ignore);
    }
  });
}

/** Asks the parent for the port it holds. Resolves with what a server can listen on; closing that closes no other's. */
export function borrowPort(
  channel: Channel & Pick<NodeJS.EventEmitter, 'off' | 'on'> = process,
): Promise<Handle> {
  return new Promise((resolve) => {
    const stop = onHandle(channel, GIVEN, (_message, handle) => {
      stop();
      resolve(handle);
    });
    post(channel, { type: WANTED });
  });
}

function bind(address: string, port: number, family: 4 | 6): Handle {
  const handle = (net as unknown as Binder)._createServerHandle(address, port, family);
  if (typeof handle === 'number') {
    throw Object.assign(new Error(`Cannot hold port ${port}: error ${handle} of the system`), {
      errno: handle,
    });
  }
  return handle;
}

/** A process that ended meanwhile asks no more. */
function ignore(): void {}
