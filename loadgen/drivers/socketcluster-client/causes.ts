/** The words for why a connection of the published client ended: the same as those of the fast driver. */
import { causeOf } from '../wire/index.ts';

/** Codes with which the client ends a handshake that was answered with an error. */
const HANDSHAKE_CODES = [4003, 4008];
/** Code of a connection that ended without a close frame. */
const NO_CLOSE_FRAME = 1006;

/** Finds the word for the code a connection ended with. */
export function causeOfCode(code: number, wasOpen: boolean): string {
  if (!wasOpen && HANDSHAKE_CODES.includes(code)) return 'handshake';
  return code === NO_CLOSE_FRAME ? 'ended' : `close-${code}`;
}

/** Finds the word for an error of a WebSocket. */
export function causeOfError(error: NodeJS.ErrnoException): string {
  const status = /^Unexpected server response: (\d+)$/.exec(error.message)?.[1];
  return status === undefined ? causeOf(error) : `http-${status}`;
}
