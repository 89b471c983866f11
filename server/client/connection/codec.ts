/** Packets to messages and back, and what answers say. */
import {
  type CallId,
  type CodecEngine,
  type EventPacket,
  type HandshakeStatus,
  hydrate,
  parse,
} from '../../protocol/index.ts';

/** An answer to a call. */
export interface Response {
  rid: CallId;
  error?: unknown;
  data?: unknown;
}

export type Packet = EventPacket | Response;

/** JSON in text frames, the codec of every published client. Bytes travel as base64 in an object. */
export const jsonCodec: CodecEngine = {
  encode: (packet) => JSON.stringify(packet, bytesAsBase64),
  decode: (message) => (typeof message === 'string' ? (parse(message) ?? message) : message),
};

/** Looks at the value as its holder has it: a Buffer has already become an object of numbers in `value`. */
function bytesAsBase64(this: Record<string, unknown>, key: string, value: unknown): unknown {
  const original = this[key];
  if (original instanceof Uint8Array) {
    return { base64: true, data: toBase64(original) };
  }
  return original instanceof ArrayBuffer ? { base64: true, data: toBase64(new Uint8Array(original)) } : value;
}

function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) {
    binary += String.fromCharCode(byte);
  }
  return btoa(binary);
}

/** Makes an Error of anything a peer may give as an error, for those who reject a promise with it. */
export function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error), { cause: error });
}

/** Code a client closes with when the handshake failed and the server named no other. */
export const HANDSHAKE_FAILED = 4003;

/** Reads the code a server refuses a handshake with; where it stands depends on the server's age. */
export function readRefusal(error: unknown, data: unknown): number {
  const codes = [fieldOf(data, 'code'), fieldOf(error, 'statusCode')];
  return codes.find((code) => typeof code === 'number') ?? HANDSHAKE_FAILED;
}

/** Reads the answer to a handshake. A server that tells no time-out has an infinite one. */
export function readStatus(data: unknown): HandshakeStatus {
  const [id, pingTimeout] = [fieldOf(data, 'id'), fieldOf(data, 'pingTimeout')];
  const authError = fieldOf(data, 'authError') ?? undefined;
  return {
    id: typeof id === 'string' ? id : '',
    pingTimeout: typeof pingTimeout === 'number' ? pingTimeout : Number.POSITIVE_INFINITY,
    isAuthenticated: fieldOf(data, 'isAuthenticated') === true,
    ...(authError === undefined ? {} : { authError: hydrate(authError) }),
  };
}

/** Reads a field of what may be no object at all. */
export function fieldOf(holder: unknown, name: string): unknown {
  return typeof holder === 'object' && holder !== null ? Reflect.get(holder, name) : undefined;
}
