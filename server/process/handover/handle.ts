/**
 * Connections on their way between processes. Node's own way of sending a socket goes on reading until the
 * other side has answered, and what is read in that time is lost; the process in the middle would read as
 * well. So what travels here is the bare handle, from which nobody reads. Only this folder, and the file of the
 * lean engine about shared reads, reach below Node's public interface.
 */
import { Socket, type SocketConstructorOpts } from 'node:net';
import { isMessage, type Message } from '../ipc.ts';

/** The bare descriptor of a connection. Whoever has it closes it, once. */
export interface Handle {
  close(): void;
}

/** What this file needs of Node's handle. */
interface NativeHandle extends Handle {
  reading: boolean;
  readStart(): number;
  readStop(): number;
}

/** The end of a channel that can carry handles. */
export interface HandleChannel {
  readonly connected: boolean;
  send?(message: object, handle: never, options: undefined, sent: (error: Error | null) => void): boolean;
}

/**
 * Reads nothing more from a connection, from this very byte on: the rest stays in the system's buffer. The
 * socket is left to believe that it reads, or it would start again by itself to fill its own buffer.
 */
export function stopReading(socket: Socket): void {
  nativeOf(socket)?.readStop();
}

/** Reads on after `stopReading`. */
export function resumeReading(socket: Socket): void {
  nativeOf(socket)?.readStart();
}

/** The handle of a connection that is to travel; undefined when the connection has ended. Stop reading first. */
export function release(socket: Socket): Handle | undefined {
  return nativeOf(socket);
}

/** Makes a connection of a handle that arrived. `head` is what was read of it before, and is read again first. */
export function take(handle: Handle, head: Uint8Array): Socket {
  (handle as NativeHandle).reading = false;
  // Half open, as the connections that an HTTP server accepts itself: a client may end before it is answered.
  const options = { handle, readable: true, writable: true, allowHalfOpen: true };
  const socket = new Socket(options as SocketConstructorOpts);
  if (head.length > 0) {
    socket.unshift(head);
  }
  return socket;
}

/**
 * Sends a message with a handle. `settled` is called once the system has both, or never will; from then on the
 * other process holds the connection open, or nobody. It is not called when the channel breaks while the
 * handle waits for earlier ones to arrive.
 */
export function postHandle(
  channel: HandleChannel,
  message: Message,
  handle: Handle,
  settled: () => void,
): void {
  if (!channel.connected || channel.send === undefined) {
    settled();
    return;
  }
  channel.send(message, handle as never, undefined, () => settled());
}

/** Listens for messages of a type that bring a handle, and returns what ends that. What brings one and is no message is closed. */
export function onHandle(
  channel: Pick<NodeJS.EventEmitter, 'off' | 'on'>,
  type: string,
  listener: (message: Message, handle: Handle) => void,
): () => void {
  const take = (message: unknown, handle?: Handle): void => {
    if (handle === undefined || handle === null) {
      return;
    }
    if (!isMessage(message)) {
      handle.close();
    } else if (message.type === type) {
      listener(message, handle);
    }
  };
  channel.on('message', take);
  return () => channel.off('message', take);
}

function nativeOf(socket: Socket): NativeHandle | undefined {
  return (socket as unknown as { _handle: NativeHandle | null })._handle ?? undefined;
}
