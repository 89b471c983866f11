/**
 * The SocketCluster packets a user reads. Those that arrive by the thousand, answers, responses and
 * publications, are recognised by their bytes; whatever looks different from what our server writes goes
 * through JSON.parse and means the same.
 */
import { channelName } from '../../plan/index.ts';
import type { Publication } from '../driver.ts';
import { Scanner } from './scanner.ts';

/** What a server's packets can mean to a user. */
export interface PacketSink {
  /** The server asks whether the user is alive. Protocol 2 asks by an empty text, 1 by `#1`. */
  heartbeat(user: number, protocol: 1 | 2): void;
  /** The awaited event. `count` is the number in its data, NaN without one. */
  answer(user: number, count: number): void;
  /** A publication made by a load process of this run. Valid during the call. */
  publication(user: number, publication: Readonly<Publication>): void;
  /** A publication made by a load process of another run. */
  foreign(user: number): void;
  /** The response to a call. `packet` is the whole of it where it was parsed. */
  response(user: number, call: number, isError: boolean, packet: unknown): void;
  /** Any other event. `call` is undefined when the server waits for no response. */
  event(user: number, event: string, data: unknown, call: number | undefined): void;
  /** A packet that breaks the rules of the protocol. */
  broken(user: number): void;
}

/** What a reader has to look for. */
export interface PacketReaderOptions {
  /** The event to take as an answer. Undefined for users who want to see every packet whole. */
  reply: string | undefined;
  /** The mark of the run, asked for when its first publication arrives. */
  mark: () => string;
}

const text = {
  data: Buffer.from(',"data":{"count":'),
  dataEnd: Buffer.from('}}'),
  publish: Buffer.from(`{"event":"#publish","data":{"channel":"${channelName(0).slice(0, -1)}`),
  sequence: Buffer.from(',"n":'),
  time: Buffer.from(',"t":'),
  afterTime: Buffer.from(',"f":"'),
  response: Buffer.from('{"rid":'),
  responseEnd: Buffer.from('}'),
  responseData: Buffer.from(',"data":'),
  heartbeat: Buffer.from('#1'),
};

const channelPrefix = channelName(0).slice(0, -1);

/** Reads packets and tells what they mean; it remembers nothing of a user. */
export class PacketReader {
  readonly #sink: PacketSink;
  readonly #reply: string | undefined;
  readonly #replyStart: Buffer;
  readonly #mark: () => string;
  /** What lies between the channel and the publisher in publications of this run, once its mark is known. */
  #publisher: Buffer | undefined;
  readonly #scanner = new Scanner();
  readonly #publication: Publication = { channel: 0, publisher: 0, sequence: 0, intended: 0 };

  constructor(sink: PacketSink, { reply, mark }: PacketReaderOptions) {
    this.#sink = sink;
    this.#reply = reply;
    this.#replyStart = Buffer.from(`{"event":${JSON.stringify(reply)}`);
    this.#mark = mark;
  }

  /** Reads one message, the bytes from `start` to `end`. Text that is no packet is ignored, as all clients do. */
  read(user: number, bytes: Buffer, start: number, end: number): void {
    if (start === end) return this.#sink.heartbeat(user, 2);
    const scanner = this.#scanner;
    scanner.reset(bytes, start, end);
    if (scanner.take(text.heartbeat) && scanner.isAtEnd) return this.#sink.heartbeat(user, 1);
    if (this.#reply !== undefined && this.#readKnown(user)) return;
    this.#readUnexpected(user, bytes.toString('utf8', start, end));
  }

  #readKnown(user: number): boolean {
    const scanner = this.#scanner;
    if (scanner.take(this.#replyStart)) return this.#readAnswer(user);
    if (scanner.take(text.publish)) return this.#readPublication(user);
    return scanner.take(text.response) && this.#readResponse(user);
  }

  #readAnswer(user: number): boolean {
    const scanner = this.#scanner;
    if (!scanner.take(text.data)) return false;
    const count = scanner.takeInteger();
    if (!scanner.take(text.dataEnd) || !scanner.isAtEnd) return false;
    this.#sink.answer(user, count);
    return true;
  }

  #readResponse(user: number): boolean {
    const scanner = this.#scanner;
    const call = scanner.takeInteger();
    if (Number.isNaN(call)) return false;
    const isBare = scanner.take(text.responseEnd) && scanner.isAtEnd;
    if (!isBare && !scanner.take(text.responseData)) return false;
    this.#sink.response(user, call, false, undefined);
    return true;
  }

  #readPublication(user: number): boolean {
    const scanner = this.#scanner;
    const channel = scanner.takeInteger();
    this.#publisher ??= Buffer.from(`","data":{"r":"${this.#mark()}","p":`);
    if (!scanner.take(this.#publisher)) return false;
    const publisher = scanner.takeInteger();
    if (!scanner.take(text.sequence)) return false;
    const sequence = scanner.takeInteger();
    if (!scanner.take(text.time)) return false;
    const micros = scanner.takeInteger();
    if (!scanner.take(text.afterTime)) return false;
    this.#deliver(user, channel, publisher, sequence, micros);
    return true;
  }

  #deliver(user: number, channel: number, publisher: number, sequence: number, micros: number): void {
    this.#publication.channel = channel;
    this.#publication.publisher = publisher;
    this.#publication.sequence = sequence;
    this.#publication.intended = micros / 1e6;
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
    if (breaksProtocol(packet)) return this.#sink.broken(user);
    const response = fieldOf(packet, 'rid');
    if (typeof response === 'number') {
      // Any truth is an error to official clients.
      return this.#sink.response(user, response, Boolean(fieldOf(packet, 'error')), packet);
    }
    const event = fieldOf(packet, 'event');
    const data = fieldOf(packet, 'data');
    const call = fieldOf(packet, 'cid');
    if (this.#reply !== undefined && event === this.#reply) {
      return this.#sink.answer(user, numberOf(fieldOf(data, 'count')));
    }
    if (this.#reply !== undefined && event === PUBLISH) return this.#readUnusualPublication(user, data);
    if (typeof event === 'string') {
      this.#sink.event(user, event, data, typeof call === 'number' ? call : undefined);
    }
  }

  #readUnusualPublication(user: number, data: unknown): void {
    const name = fieldOf(data, 'channel');
    const isOurs = typeof name === 'string' && name.startsWith(channelPrefix);
    const channel = isOurs ? Number(name.slice(channelPrefix.length)) : Number.NaN;
    const body = fieldOf(data, 'data');
    const mark = fieldOf(body, 'r');
    if (typeof mark === 'string' && mark !== this.#mark()) return this.#sink.foreign(user);
    const [publisher, sequence, micros] = ['p', 'n', 't'].map((field) => numberOf(fieldOf(body, field)));
    this.#deliver(user, channel, publisher ?? Number.NaN, sequence ?? Number.NaN, micros ?? Number.NaN);
  }
}

const PUBLISH = '#publish';

/** Fields without which an event of the protocol's own means nothing. */
const NEEDED: ReadonlyMap<unknown, string> = new Map([
  [PUBLISH, 'channel'],
  ['#setAuthToken', 'token'],
]);

/**
 * Whether a packet breaks the rules: a number that is none, an event without a name, an event of the protocol's own that
 * lacks what it is about. What is no packet at all breaks none: to official clients it is the application's own.
 */
export function breaksProtocol(packet: unknown): boolean {
  const [response, event, call] = ['rid', 'event', 'cid'].map((name) => fieldOf(packet, name) ?? undefined);
  if (response !== undefined) return typeof response !== 'number';
  if (event === undefined) return false;
  if (typeof event !== 'string' || (call !== undefined && typeof call !== 'number')) return true;
  const needed = NEEDED.get(event);
  return needed !== undefined && typeof fieldOf(fieldOf(packet, 'data'), needed) !== 'string';
}

/** The field of an object; undefined when it has none or is no object. */
export function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : Number.NaN;
}
