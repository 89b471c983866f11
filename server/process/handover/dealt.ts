/**
 * Connections that Node's cluster module deals out in turn. It keeps its own end of each until the process says
 * that it took it. Of a process that dies first it keeps that end for ever, and so the client waits for ever.
 */
import type { Handle } from './handle.ts';

/** What this file needs of a process that is dealt connections. */
export interface DealtTo extends Pick<NodeJS.EventEmitter, 'on' | 'once'> {
  send?: unknown;
}

/** How Node's cluster module sends, through the method of the process. */
type Send = (message: unknown, handle?: Handle, ...rest: unknown[]) => boolean;

/** Closes what a process was dealt and has not taken, once it has ended: its clients can come again. */
export function closeUntaken(forked: DealtTo): void {
  const send = forked.send as Send;
  const untaken = new Map<unknown, Handle>();
  let isOver = false;
  const closeAll = (): void => {
    for (const handle of untaken.values()) {
      handle.close();
    }
    untaken.clear();
  };
  forked.send = (message: unknown, handle?: Handle, ...rest: unknown[]) => {
    const isSent = send.call(forked, message, handle, ...rest);
    if (handle !== undefined && isDealt(message)) {
      untaken.set(message.seq, handle);
      if (isOver) {
        closeAll(); // the cluster module hears of an end a little later
      }
    }
    return isSent;
  };
  forked.on('internalMessage', ({ ack }: { ack?: unknown }) => untaken.delete(ack));
  // Not at its disconnect: there is none while a handle waits for the process to note the one before. And not
  // at once, as what the process said last may come after its exit.
  forked.once('exit', () => {
    setImmediate(() => {
      isOver = true;
      closeAll();
    });
  });
}

function isDealt(message: unknown): message is { seq: unknown } {
  return typeof message === 'object' && message !== null && 'act' in message && message.act === 'newconn';
}
