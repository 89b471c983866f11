/**
 * The minimal binary format of `sc-codec-min-bin`: packets as MessagePack, with the fields of a packet in an
 * array under one letter (PROTOCOL.md, section 9). Whoever speaks that package's version 3 can be spoken to.
 */
import type { CodecEngine } from '../codec-engine.ts';
import { events } from '../events.ts';
import { read } from './reader.ts';
import { write } from './writer.ts';

/**
 * Codec engine of the minimal binary format, for `codecEngine` of a client and `setCodecEngine` of a server.
 * Bytes travel as bytes and arrive as an ArrayBuffer.
 */
export const minBinCodec = {
  /** @throws TypeError for what JSON cannot hold either: a circle, a BigInt, nesting deeper than 1,200 levels. */
  encode(packet: unknown): Uint8Array {
    return write(Array.isArray(packet) ? packet.map(shorten) : shorten(packet));
  },
  /** @throws RangeError for a message that is cut short or too deep; TypeError for anything else that is no packet. */
  decode(message: unknown): unknown {
    const value = read(bytesOf(message));
    return Array.isArray(value) ? value.map(lengthen) : lengthen(value);
  },
} satisfies CodecEngine;

/** Packs a packet's fields; anything else stays as it is. */
function shorten(packet: unknown): unknown {
  if (!isRecord(packet)) {
    return packet;
  }
  const { event, data, cid, rid, error } = packet;
  if (event === events.publish && isRecord(data)) {
    return { p: withoutEnd([data['channel'], data['data'], cid]) };
  }
  if (event !== undefined && event !== null) {
    return { e: withoutEnd([event, data, cid]) };
  }
  return rid === undefined || rid === null ? packet : { r: withoutEnd([rid, error, data]) };
}

/** Leaves out what is absent at the end; what is absent before something else becomes null. */
function withoutEnd(fields: unknown[]): unknown[] {
  return fields.slice(0, fields.findLastIndex((field) => field !== undefined) + 1);
}

function lengthen(packet: unknown): unknown {
  if (!isRecord(packet)) {
    return packet;
  }
  const { e, p, r } = packet;
  if (Array.isArray(e)) {
    return fieldsOf(['event', 'data', 'cid'], e);
  }
  if (Array.isArray(p)) {
    const { cid, ...data } = fieldsOf(['channel', 'data', 'cid'], p);
    return { event: events.publish, data, ...(cid === undefined ? {} : { cid }) };
  }
  return Array.isArray(r) ? fieldsOf(['rid', 'error', 'data'], r) : packet;
}

function fieldsOf(names: readonly string[], values: readonly unknown[]): Record<string, unknown> {
  const known = values.slice(0, names.length);
  return Object.fromEntries(known.map((value, index) => [names[index], value]));
}

function bytesOf(message: unknown): Uint8Array {
  if (message instanceof Uint8Array) {
    return message;
  }
  if (message instanceof ArrayBuffer) {
    return new Uint8Array(message);
  }
  throw new TypeError(`Cannot decode a message: it is ${typeof message}, wanted are bytes`);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
