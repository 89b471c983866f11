/** Answers of the balancer itself, to clients that no worker gets to see. */
import type { Duplex } from 'node:stream';
import { RETRY_AFTER } from '../protocol/index.ts';

/** Why a client is refused, with the status it is told. */
export const refusals = {
  notHttp: { status: '400 Bad Request', why: 'The request cannot be understood' },
  blocked: { status: '403 Forbidden', why: 'The request was blocked' },
  tooSlow: { status: '408 Request Timeout', why: 'The request took too long' },
  tooLarge: { status: '431 Request Header Fields Too Large', why: 'The head of the request is too long' },
  middlewareFailed: { status: '500 Internal Server Error', why: 'A middleware failed' },
  middlewareLate: { status: '503 Service Unavailable', why: 'A middleware took too long' },
  noWorker: { status: '503 Service Unavailable', why: 'No worker can take the request' },
} as const;

/** A reason to refuse, also the name of its counter. */
export type Refusal = keyof typeof refusals;

/** Time a client has to leave once it was answered, milliseconds. */
const LINGER_MS = 2_000;

/** Answers and ends. `readOn` lets flow again what the client still sends. */
export function refuse(
  connection: Duplex,
  refusal: Refusal,
  { why = refusals[refusal].why, readOn }: { why?: string; readOn: () => void },
): void {
  const { status } = refusals[refusal];
  const body = `${why}\n`;
  const lines = [
    `HTTP/1.1 ${status}`,
    ...(status.startsWith('503') ? [`Retry-After: ${RETRY_AFTER}`] : []),
    'Connection: close',
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ];
  connection.write(lines.join('\r\n'));
  endGently(connection, readOn);
}

/**
 * Ends a connection that was answered. What the client still sends is read and dropped, or the system would
 * take the answer back with a reset; who does not leave in time is cut off.
 */
export function endGently(connection: Duplex, readOn: () => void): void {
  const timer = setTimeout(() => connection.destroy(), LINGER_MS);
  connection.once('close', () => clearTimeout(timer));
  connection.end();
  connection.resume();
  readOn();
}
