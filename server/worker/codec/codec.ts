/**
 * Packets to frames and back, one for all sockets of a worker: JSON in text frames, or what the application's
 * engine makes of them. What brokers carry from worker to worker is *packed*: encoded once where it begins,
 * and put into a frame as it is where it arrives.
 */
import { frameOfBytes, frameOfText } from '../../engine/index.ts';
import {
  type CallId,
  type CodecEngine,
  encodeEvent,
  encodePublication,
  encodeResponse,
  events,
  MAX_DEPTH,
  type Message,
  PING_V1,
  parse,
} from '../../protocol/index.ts';

/** First byte of what an engine has packed, as the frame's kind must be known where it arrives. */
const TEXT = 0;
const BINARY = 1;

export class Codec {
  /** Frame of the ping of protocol 1; undefined when the engine cannot encode it, so that no client can await it. */
  pingV1: Buffer | undefined = frameOfText(PING_V1);
  #engine: CodecEngine | undefined;

  /** Whether the application has brought an engine. */
  get isCustom(): boolean {
    return this.#engine !== undefined;
  }

  /**
   * Encodes and decodes with an engine from now on.
   *
   * @param connections Sockets so far: one that has begun with another codec would understand nothing more.
   * @throws TypeError for what is no engine; Error when there were sockets already.
   */
  use(engine: CodecEngine, connections: number): void {
    if (typeof engine?.encode !== 'function' || typeof engine.decode !== 'function') {
      throw new TypeError('Cannot set the codec engine: wanted is an object with encode and decode');
    }
    if (connections > 0) {
      throw new Error(
        `Cannot set the codec engine: ${connections} clients have connected, wanted is a call in run() before that`,
      );
    }
    this.#engine = engine;
    this.pingV1 = this.#tryPing(engine);
  }

  // To one client

  /** @throws TypeError when the data cannot be JSON; what the engine throws. */
  event(event: string, data?: unknown, cid?: CallId): Buffer {
    if (this.#engine === undefined) {
      return frameOfText(encodeEvent(event, data, cid));
    }
    return frameOf(this.#engine.encode(cid === undefined ? { event, data } : { event, data, cid }));
  }

  /** `error` must be dehydrated. Throws as `event`. */
  response(rid: CallId, error?: unknown, data?: unknown): Buffer {
    return this.#engine === undefined
      ? frameOfText(encodeResponse(rid, error, data))
      : frameOf(this.#engine.encode({ rid, error, data }));
  }

  /** One copy of a publication. Throws as `event`. */
  publication(channel: string, data: unknown): Buffer {
    return this.#engine === undefined
      ? frameOfText(encodePublication(channel, data))
      : this.event(events.publish, { channel, data });
  }

  /** The frame of an array, from the messages of its packets. */
  array(messages: readonly Message[]): Buffer {
    const engine = this.#engine;
    return engine === undefined
      ? frameOfText(`[${messages.map(String).join(',')}]`)
      : frameOf(engine.encode(messages.map((message) => engine.decode(message))));
  }

  // Between workers

  /** Packs an event. Throws as `event`. */
  packEvent(event: string, data: unknown): Buffer {
    return this.#engine === undefined
      ? Buffer.from(encodeEvent(event, data))
      : pack(this.#engine.encode({ event, data }));
  }

  /** Packs a publication. Throws as `event`. */
  packPublication(channel: string, data: unknown): Buffer {
    return this.#engine === undefined
      ? Buffer.from(encodePublication(channel, data))
      : this.packEvent(events.publish, { channel, data });
  }

  /** Makes the frame of what was packed; its bytes are copied. */
  unpackFrame(packed: Uint8Array): Buffer {
    return this.#engine === undefined
      ? frameOfBytes(packed)
      : frameOfBytes(packed.subarray(1), { isBinary: packed[0] === BINARY });
  }

  /** Reads the data of a packed publication. */
  unpackData(packed: Uint8Array): unknown {
    const packet =
      this.#engine === undefined
        ? JSON.parse(Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength).toString())
        : this.#engine.decode(unpack(packed));
    return (packet as { data: { data?: unknown } }).data.data;
  }

  // From clients

  /** Parses a message. Undefined is a raw one: nothing a client sends makes it throw. */
  parse(message: string | Buffer): unknown {
    if (this.#engine === undefined) {
      return typeof message === 'string' ? parse(message) : undefined;
    }
    try {
      const decoded = this.#engine.decode(message);
      return isDeeper(decoded, MAX_DEPTH) ? undefined : decoded;
    } catch {
      return undefined;
    }
  }

  #tryPing(engine: CodecEngine): Buffer | undefined {
    try {
      return frameOf(engine.encode(PING_V1));
    } catch {
      return undefined;
    }
  }
}

function frameOf(message: Message): Buffer {
  return typeof message === 'string'
    ? frameOfText(message)
    : frameOfBytes(bytesOf(message), { isBinary: true });
}

function bytesOf(message: ArrayBuffer | Uint8Array): Uint8Array {
  return message instanceof Uint8Array ? message : new Uint8Array(message);
}

function pack(message: Message): Buffer {
  return typeof message === 'string'
    ? Buffer.concat([Uint8Array.of(TEXT), Buffer.from(message)])
    : Buffer.concat([Uint8Array.of(BINARY), bytesOf(message)]);
}

/** The message as a client would get it. Copied: an engine may keep parts of it, the link will not. */
function unpack(packed: Uint8Array): Message {
  const bytes = Buffer.from(packed.subarray(1));
  return packed[0] === BINARY ? bytes : bytes.toString();
}

/** Tells whether objects and arrays lie deeper in each other than that: an answer with them would overflow the stack. */
function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) {
    return false;
  }
  return levels === 0 || Object.values(value).some((each) => isDeeper(each, levels - 1));
}
