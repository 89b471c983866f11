/** The shape of a WebSocket that the client needs: those of browsers, of Node 22 and of the package `ws` have it. */
import { ClusterError } from '../../errors/index.ts';

/** One WebSocket. */
export interface SocketLike {
  binaryType: string;
  onopen: ((event: never) => void) | null;
  onmessage: ((event: never) => void) | null;
  onclose: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
  /** Takes text, ArrayBuffer and views of it. */
  send(message: never): void;
  close(code?: number, reason?: string): void;
}

/** Makes a WebSocket. `options` is what the option `wsOptions` holds; browsers take none. */
export type SocketConstructor = new (url: string, protocols?: undefined, options?: object) => SocketLike;

/**
 * Returns the constructor given, or that of the platform.
 *
 * @throws ClusterError OPTION_INVALID when there is neither.
 */
export function findWebSocket(
  given: SocketConstructor | undefined,
  platform: { WebSocket?: unknown } = globalThis,
): SocketConstructor {
  const found = given ?? platform.WebSocket;
  if (typeof found !== 'function') {
    throw new ClusterError(
      'Cannot connect without option "webSocket": this platform has no WebSocket of its own, wanted is a constructor such as that of the package "ws"',
      { code: 'OPTION_INVALID' },
    );
  }
  return found as SocketConstructor;
}
