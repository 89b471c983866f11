/**
 * The packets of Socket.IO (protocol 5) on Engine.IO (protocol 4) that users of its first namespace need over a WebSocket:
 * https://socket.io/docs/v4/socket-io-protocol. All are texts: a digit of Engine.IO, then one of Socket.IO in a message.
 */
import { encodeText } from '../../drivers/wire/index.ts';

/** Events of the application that is measured, the same as in SocketCluster where that has some. */
export const events = { ping: 'ping', pong: 'pong', subscribe: 'subscribe', publish: 'publish' } as const;

/** What a packet of a server can mean to a user. */
export type Meaning =
  | 'heartbeat'
  /** Engine.IO is there: the namespace may be joined. */
  | 'open'
  | 'joined'
  | 'answer'
  | 'publication'
  | 'acknowledgement'
  /** The server ends the connection, or does not let the user in. */
  | 'ended'
  | 'other';

/** Joins the namespace. */
export const joinFrame = encodeText('40');
/** Answers a heartbeat. */
export const heartbeatFrame = encodeText('3');

/** Encodes an event; with a call number one that is acknowledged. */
export function encodeSocketIoEvent(
  parameters: readonly [event: string, ...unknown[]],
  call?: number,
): Buffer {
  return encodeText(`42${call ?? ''}${JSON.stringify(parameters)}`);
}

const MESSAGE = 0x34;
const known: readonly [text: Buffer, meaning: Meaning][] = [
  [Buffer.from(`42["${events.publish}"`), 'publication'],
  [Buffer.from(`42["${events.pong}"`), 'answer'],
  [Buffer.from('43'), 'acknowledgement'],
  [Buffer.from('40'), 'joined'],
  [Buffer.from('41'), 'ended'],
  [Buffer.from('44'), 'ended'],
];
const ofEngine: Readonly<Record<number, Meaning>> = { 48: 'open', 49: 'ended', 50: 'heartbeat' };

/** Tells what a packet means by its first bytes; what it carries is not looked at. */
export function meaningOf(bytes: Buffer, start: number, end: number): Meaning {
  const first = start < end ? (bytes[start] ?? 0) : 0;
  if (first !== MESSAGE) return ofEngine[first] ?? 'other';
  for (const [text, meaning] of known) {
    if (beginsWith(bytes, start, end, text)) return meaning;
  }
  return 'other';
}

function beginsWith(bytes: Buffer, start: number, end: number, text: Buffer): boolean {
  if (end - start < text.length) return false;
  for (let index = 0; index < text.length; index += 1) {
    if (bytes[start + index] !== text[index]) return false;
  }
  return true;
}

/** Reads the call number of an acknowledgement; NaN when it has none. */
export function callOf(bytes: Buffer, start: number, end: number): number {
  return Number.parseInt(bytes.toString('latin1', start + 2, end), 10);
}
