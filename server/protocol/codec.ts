/**
 * Text to packets and back. What arrives is checked here once; inside, an event's name is text and a
 * call's number is a number or text. What is no packet is left to the caller as raw.
 */
import type { CallId, EventPacket, ResponsePacket } from './packet.ts';

/** Pings go from server to client, pongs back (PROTOCOL.md, section 4). */
export const PING_V1 = '#1';
export const PONG_V1 = '#2';
/** Ping and pong of protocol 2. */
export const PING_V2 = '';

/** Most packets one array may hold: a flood of tiny ones must not cost more than its bytes. */
export const MAX_BATCH = 1_000;

/**
 * Deepest nesting a packet may have. `JSON.parse` takes any depth, `JSON.stringify` overflows the stack
 * somewhere past 2,000: whoever answers with what a client sent must not end the process.
 */
export const MAX_DEPTH = 1_000;

/** Parses a text frame. Returns undefined for anything that is no JSON object or array, or one too deep. */
export function parse(text: string): unknown {
  const first = firstVisible(text);
  if ((first !== OPENING_BRACE && first !== OPENING_BRACKET) || isTooDeep(text)) {
    return undefined;
  }
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // Not JSON: a raw message, which is no offence.
  }
}

const OPENING_BRACE = 0x7b;
const CLOSING_BRACE = 0x7d;
const OPENING_BRACKET = 0x5b;
const CLOSING_BRACKET = 0x5d;
const BACKSLASH = 0x5c;
const QUOTE = 0x22;
const SPACE = 0x20;

function firstVisible(text: string): number {
  let index = 0;
  while (text.charCodeAt(index) <= SPACE) {
    index += 1;
  }
  return text.charCodeAt(index);
}

function isTooDeep(text: string): boolean {
  // Each level takes an opening and a closing character: most messages are too short to be deep.
  if (text.length <= 2 * MAX_DEPTH) {
    return false;
  }
  let depth = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === QUOTE) {
      index = endOfString(text, index);
    } else if (code === OPENING_BRACE || code === OPENING_BRACKET) {
      depth += 1;
    } else if (code === CLOSING_BRACE || code === CLOSING_BRACKET) {
      depth -= 1;
    }
    if (depth > MAX_DEPTH) {
      return true;
    }
  }
  return false;
}

/** Where the string that begins at `start` ends: at its closing quote, or with the text. */
function endOfString(text: string, start: number): number {
  let index = start + 1;
  while (index < text.length && text.charCodeAt(index) !== QUOTE) {
    index += text.charCodeAt(index) === BACKSLASH ? 2 : 1;
  }
  return index;
}

/** Tells whether a parsed value is an event packet. */
export function isEvent(value: unknown): value is EventPacket {
  return isObject(value) && typeof value['event'] === 'string' && isCallIdOrAbsent(value['cid']);
}

/** Tells whether a parsed value is a response packet. */
export function isResponse(value: unknown): value is ResponsePacket {
  return isObject(value) && isCallId(value['rid']);
}

/** Tells whether an event wants a response. */
export function isCall(packet: EventPacket): packet is EventPacket & { cid: CallId } {
  return packet.cid !== undefined && packet.cid !== null;
}

function isCallId(value: unknown): value is CallId {
  // JSON has no infinity, so nobody could be answered by it; 1e400 is read as one.
  return Number.isFinite(value) || typeof value === 'string';
}

function isCallIdOrAbsent(value: unknown): boolean {
  return value === undefined || value === null || isCallId(value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/**
 * Encodes an event. Undefined data is left out, null is kept.
 *
 * @throws TypeError when the data cannot be JSON (a circle, a BigInt).
 */
export function encodeEvent(event: string, data?: unknown, cid?: CallId): string {
  return JSON.stringify({ event, data: plain(data), cid });
}

/** Encodes the answer to a call. `error` must be dehydrated already. */
export function encodeResponse(rid: CallId, error?: unknown, data?: unknown): string {
  return JSON.stringify({ rid, error, data: plain(data) });
}

/** Encodes one publication for subscribers; done once per publication, not once per subscriber. */
export function encodePublication(channel: string, data?: unknown): string {
  return JSON.stringify({ event: '#publish', data: { channel, data: plain(data) } });
}

/** Bytes travel as every published codec sends them: base64 in an object. */
function plain(data: unknown): unknown {
  if (data instanceof Uint8Array) {
    return { base64: true, data: toBase64(data) };
  }
  return data instanceof ArrayBuffer ? { base64: true, data: toBase64(new Uint8Array(data)) } : data;
}

function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) {
    binary += String.fromCharCode(byte);
  }
  return btoa(binary);
}
