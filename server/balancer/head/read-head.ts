/** Reads the head of a connection's first request, and not a byte more than the system gave along with it. */
import type { Duplex } from 'node:stream';

/** What a client may take before it has said what it wants. */
export interface HeadLimits {
  /** Longest head, bytes. */
  maxBytes: number;
  /** Time for the whole head, milliseconds. */
  withinMs: number;
}

/** Everything read so far; the head ends after `headBytes`, the rest follows it. */
export interface FirstBytes {
  bytes: Buffer;
  headBytes: number;
}

/** Why there is no head. `goneAway` needs no answer. */
export type HeadFault = 'goneAway' | 'notHttp' | 'tooLarge' | 'tooSlow';

const END_OF_HEAD = '\r\n\r\n';

/**
 * Reads a head and stops reading at once when it is there, or cannot be. `stop` must keep later bytes where
 * they are: whoever takes the connection over reads them. Calls `done` exactly once.
 */
export function readHead(
  connection: Duplex,
  { maxBytes, withinMs }: HeadLimits,
  stop: () => void,
  done: (head: FirstBytes | HeadFault) => void,
): void {
  let bytes: Buffer = Buffer.alloc(0);
  const timer = setTimeout(() => finish('tooSlow'), withinMs);

  function finish(result: FirstBytes | HeadFault): void {
    clearTimeout(timer);
    connection.off('data', take);
    connection.off('end', leave);
    connection.off('close', leave);
    stop();
    done(result);
  }
  function take(chunk: Buffer): void {
    const seen = Math.max(0, bytes.length - END_OF_HEAD.length + 1);
    bytes = bytes.length === 0 ? chunk : Buffer.concat([bytes, chunk]);
    if (!isMethodLetter(bytes[0])) {
      finish('notHttp'); // Such as TLS on a plain port: nothing will come that ends it.
      return;
    }
    const end = bytes.indexOf(END_OF_HEAD, seen, 'latin1');
    const headBytes = end === -1 ? bytes.length : end + END_OF_HEAD.length;
    if (headBytes > maxBytes) {
      finish('tooLarge');
    } else if (end !== -1) {
      finish({ bytes, headBytes });
    }
  }
  function leave(): void {
    finish('goneAway');
  }

  connection.on('data', take);
  connection.on('end', leave);
  connection.on('close', leave);
}

/** Whether a request line can begin so. */
function isMethodLetter(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x41 && byte <= 0x5a;
}
