/**
 * SocketCluster packets as text: those a user writes, ready to be sent, and those a user reads. The two
 * that arrive by the thousand, answers and publications, are recognised by their bytes; whatever looks
 * different from what our server writes goes through JSON.parse and means the same.
 */
import type { Publication } from './driver.ts';
import { Scanner } from './scanner.ts';
import { encodeText } from './websocket-frames.ts';

/** Number of the handshake's call; subscriptions count on from there. */
export const HANDSHAKE_CALL = 1;

/** What a server's packets can mean to a user. */
export interface PacketSink {
  /** The server asks whether the user is alive. Protocol 2 asks by an empty text, 1 by `#1`. */
  heartbeat(user: number, protocol: 1 | 2): void;
  /** The awaited event. `count` is the number in its data, NaN without one. */
  answer(user: number, count: number): void;
  /** A publication made by a load process. Valid during the call. */
  publication(user: number, publication: Publication): void;
  /** The response to a call. */
  response(user: number, call: number, isError: boolean): void;
}

/** The first packet of every user without a token, ready to be sent. */
export const handshakeFrame = encodeHandshake(null);

/** Answers to the two kinds of heartbeat. */
export const heartbeatFrames = { 1: encodeText('#2'), 2: encodeText('') } as const;

/** Encodes the first packet of a user, with the signed token it offers. */
export function encodeHandshake(signedToken: string | null): Buffer {
  return encodeText(
    `{"event":"#handshake","data":{"authToken":${JSON.stringify(signedToken)}},"cid":${HANDSHAKE_CALL}}`,
  );
}

/** Encodes an event nobody acknowledges. */
export function encodeEvent(event: string, payload: unknown): Buffer {
  return encodeText(JSON.stringify({ event, data: payload }));
}

/** Encodes a subscription; its response carries the same call number. */
export function encodeSubscribe(channel: string, call: number): Buffer {
  return encodeText(JSON.stringify({ event: '#subscribe', data: { channel }, cid: call }));
}

/** Encodes a publication; the keys stay in this order, because `PacketReader` looks for them in it. */
export function encodePublish(
  channel: string,
  publication: Publication,
  { startEpochMs, filler }: { startEpochMs: number; filler: string },
): Buffer {
  const { publisher, sequence, intended } = publication;
  const epochMicros = Math.round(startEpochMs * 1000 + intended * 1e6);
  const body = `{"p":${publisher},"n":${sequence},"t":${epochMicros},"f":"${filler}"}`;
  return encodeText(`{"event":"#publish","data":{"channel":${JSON.stringify(channel)},"data":${body}}}`);
}

const text = {
  data: Buffer.from(',"data":{"count":'),
  dataEnd: Buffer.from('}}'),
  publish: Buffer.from('{"event":"#publish","data":{"channel":"'),
  publisher: Buffer.from(',"data":{"p":'),
  sequence: Buffer.from(',"n":'),
  time: Buffer.from(',"t":'),
  afterTime: Buffer.from(',"f":"'),
  heartbeat: Buffer.from('#1'),
};
const QUOTE = 0x22;

/** Reads packets and tells what they mean; it remembers nothing of a user. */
export class PacketReader {
  readonly #sink: PacketSink;
  readonly #reply: string;
  readonly #replyStart: Buffer;
  readonly #startEpochMs: () => number;
  readonly #scanner = new Scanner();
  readonly #publication: Publication = { publisher: 0, sequence: 0, intended: 0 };

  /** `reply` is the event to take as an answer; `startEpochMs` is asked when a publication arrives. */
  constructor(sink: PacketSink, { reply, startEpochMs }: { reply: string; startEpochMs: () => number }) {
    this.#sink = sink;
    this.#reply = reply;
    this.#replyStart = Buffer.from(`{"event":${JSON.stringify(reply)}`);
    this.#startEpochMs = startEpochMs;
  }

  /** Reads one message, the bytes from `start` to `end`. Text that is no packet is ignored, as all clients do. */
  read(user: number, bytes: Buffer, start: number, end: number): void {
    if (start === end) return this.#sink.heartbeat(user, 2);
    const scanner = this.#scanner;
    scanner.reset(bytes, start, end);
    if (scanner.take(this.#replyStart)) {
      if (this.#readAnswer(user)) return;
    } else if (scanner.take(text.publish)) {
      if (this.#readPublication(user)) return;
    } else if (scanner.take(text.heartbeat) && scanner.isAtEnd) {
      return this.#sink.heartbeat(user, 1);
    }
    this.#readUnexpected(user, bytes.toString('utf8', start, end));
  }

  #readAnswer(user: number): boolean {
    const scanner = this.#scanner;
    if (!scanner.take(text.data)) return false;
    const count = scanner.takeInteger();
    if (!scanner.take(text.dataEnd) || !scanner.isAtEnd) return false;
    this.#sink.answer(user, count);
    return true;
  }

  #readPublication(user: number): boolean {
    const scanner = this.#scanner;
    if (!scanner.skipPast(QUOTE) || !scanner.take(text.publisher)) return false;
    const publisher = scanner.takeInteger();
    if (!scanner.take(text.sequence)) return false;
    const sequence = scanner.takeInteger();
    if (!scanner.take(text.time)) return false;
    const epochMicros = scanner.takeInteger();
    if (!scanner.take(text.afterTime)) return false;
    this.#deliver(user, publisher, sequence, epochMicros);
    return true;
  }

  #deliver(user: number, publisher: number, sequence: number, epochMicros: number): void {
    this.#publication.publisher = publisher;
    this.#publication.sequence = sequence;
    this.#publication.intended = (epochMicros - this.#startEpochMs() * 1000) / 1e6;
    this.#sink.publication(user, this.#publication);
  }

  #readUnexpected(user: number, message: string): void {
    let packet: unknown;
    try {
      packet = JSON.parse(message);
    } catch {
      return; // Not a packet: official clients hand it to the application as `raw`, and we have none.
    }
    if (!Array.isArray(packet)) return this.#readPacket(user, packet);
    for (const one of packet as unknown[]) this.#readPacket(user, one);
  }

  #readPacket(user: number, packet: unknown): void {
    const call = fieldOf(packet, 'rid');
    if (typeof call === 'number') {
      return this.#sink.response(user, call, fieldOf(packet, 'error') !== undefined);
    }
    const event = fieldOf(packet, 'event');
    const data = fieldOf(packet, 'data');
    if (event === this.#reply) return this.#sink.answer(user, numberOf(fieldOf(data, 'count')));
    if (event !== '#publish') return;
    const body = fieldOf(data, 'data');
    const [publisher, sequence, epochMicros] = ['p', 'n', 't'].map((name) => numberOf(fieldOf(body, name)));
    this.#deliver(user, publisher ?? Number.NaN, sequence ?? Number.NaN, epochMicros ?? Number.NaN);
  }
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : Number.NaN;
}
