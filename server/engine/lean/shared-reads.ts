/**
 * Connections that read into one buffer, as the option `onread` of `net.connect` has it. Node makes 64 KB and several
 * objects for each chunk otherwise, which is most of what a short message costs outside the kernel. For connections
 * that a server has accepted there is no such option, so this file knows where their sockets keep it.
 */
import { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';

/**
 * Takes what a connection has read: so many bytes at the beginning of the buffer, which are another's as soon as it
 * returns. Returns false when nothing more is to be read.
 */
export type TakeShared = (this: Socket, bytes: number, buffer: Buffer) => boolean;

/** As much as Node reads at once. Bytes. */
const BUFFER_BYTES = 65_536;

/** What this file needs of a socket: the buffer that the kernel writes to, besides where Node looks for it. */
interface Reading extends Record<symbol, unknown> {
  readonly _handle?: { useUserBuffer?(buffer: Buffer): void } | null;
}

/** Where a socket keeps the buffer, and who takes what was read; undefined in a Node that has it elsewhere. */
const [BUFFER, TAKE] = ['kBuffer', 'kBufferCb'].map((name) =>
  Object.getOwnPropertySymbols(new Socket()).find(({ description }) => description === name),
);

/** As any stream is paused: a socket that was given a buffer stops reading then, for it has nowhere to put more. */
const pauseStream: (this: Duplex) => Duplex = Duplex.prototype.pause;

let shared: Buffer | undefined;

/**
 * Has a connection read into the buffer that all share, from its next chunk on. Returns false, and leaves it as it is,
 * where that may not be: what is no bare connection of TCP or of a unix socket, or is another Node than known.
 */
export function readShared(socket: Socket, take: TakeShared): boolean {
  const { _handle: handle } = socket as unknown as Reading;
  if (BUFFER === undefined || TAKE === undefined || socket instanceof TLSSocket) return false;
  if (typeof handle?.useUserBuffer !== 'function') return false;
  shared ??= Buffer.allocUnsafeSlow(BUFFER_BYTES);
  Object.assign(socket, { [BUFFER]: shared, [TAKE]: take });
  handle.useUserBuffer(shared);
  return true;
}

/**
 * Has a connection go on reading while it is paused, as far as its own buffer goes: so do those that share none, and hear
 * of their end in time. Of what it reads from now on, copies are to be pushed into it.
 */
export function keepReading(socket: Socket): void {
  if (BUFFER !== undefined && shared !== undefined && (socket as unknown as Reading)[BUFFER] === shared) {
    socket.pause = pauseStream as () => typeof socket;
  }
}
