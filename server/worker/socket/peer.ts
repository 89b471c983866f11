/** The client at the other end of a wire: what is sent to it, how it is pinged, how it is sent away. */
import { frameOfBytes, frameOfText, isBinaryFrame, payloadOf, type Wire } from '../../engine/index.ts';
import {
  type CallId,
  type CloseName,
  closeCodes,
  events,
  fitReason,
  type Message,
  PING_V2,
} from '../../protocol/index.ts';
import { Batch } from '../batch/index.ts';
import type { Codec } from '../codec/index.ts';
import { Inbox } from '../inbox/index.ts';
import type { Outbox } from './outbox.ts';

/** Frame of the ping of protocol 2, which no codec encodes. */
const PING_V2_FRAME = frameOfText(PING_V2);

/**
 * Pings of protocol 1 that a client behind an engine may leave unanswered before it is taken for one of protocol
 * 2: that of the handshake and the first of the heartbeat, so that it had a whole interval for the first.
 */
const UNANSWERED_PINGS = 2;

export class Peer {
  /** Ping protocol the client was found to speak; 0 while unknown. */
  pingVersion: 0 | 1 | 2;
  /** Data of the `#disconnect` a client announced its leave with: code and data. */
  leavingWith: unknown = undefined;
  /** Whether it is about to be sent away: what it asks for now comes too late. */
  isDeparting = false;
  readonly #wire: Wire;
  readonly #outbox: Outbox;
  readonly #codec: Codec;
  #batch: Batch | undefined;
  #inbox: Inbox | undefined;
  #unanswered = 0;
  /** Calls of the client that have begun and have no answer yet. */
  #owed = 0;

  /** @param protocolVersion The option of that name. */
  constructor(
    wire: Wire,
    { outbox, codec }: { readonly outbox: Outbox; readonly codec: Codec },
    protocolVersion: 1 | 2 | 'auto',
  ) {
    this.#wire = wire;
    this.#outbox = outbox;
    this.#codec = codec;
    this.pingVersion = protocolVersion === 'auto' ? 0 : protocolVersion;
  }

  /** False from the moment either side ends the connection: what is sent from then on goes nowhere. */
  get isReachable(): boolean {
    return this.#wire.isOpen;
  }

  /** Sends an event; with `cid` it is a call. */
  sendEvent(event: string, data?: unknown, cid?: CallId): void {
    this.sendFrame(this.#codec.event(event, data, cid));
  }

  /** Sends the frame of one packet, which others may get too. */
  sendFrame(frame: Buffer): void {
    if (this.#batch === undefined) {
      this.#outbox.send(this.#wire, frame);
    } else {
      this.#batch.add(frame);
    }
  }

  /** Sends packets as one array, or with the batch that is collected anyway. */
  sendArray(frames: readonly Buffer[]): void {
    if (this.#batch === undefined) {
      this.#writeArray(frames);
      return;
    }
    for (const frame of frames) {
      this.#batch.add(frame);
    }
  }

  /**
   * Sends a message as it is, after what is collected; the client raises `raw`.
   *
   * @throws TypeError when it is neither text nor bytes.
   */
  send(message: string | Uint8Array): void {
    if (typeof message !== 'string' && !(message instanceof Uint8Array)) {
      throw new TypeError(
        `Cannot send a raw message: current value is of type ${typeof message}, wanted is text or bytes; emit() sends data`,
      );
    }
    this.#batch?.flush();
    this.#outbox.send(
      this.#wire,
      typeof message === 'string' ? frameOfText(message) : frameOfBytes(message, { isBinary: true }),
    );
  }

  /** Answers a call of the client. `error` must be dehydrated. */
  respond(rid: CallId, error: unknown, data?: unknown): void {
    this.sendFrame(this.#codec.response(rid, error, data));
    this.#owed -= 1;
  }

  /** Notes that so many more calls of the client wait for an answer: -1 for one that gets none. */
  owe(calls: 1 | -1): void {
    this.#owed += calls;
  }

  // Batching: only for clients that take arrays (PROTOCOL.md, section 2)

  /** Collects what is sent from now on for one array, until `flushBatch`. */
  startBatch(): void {
    this.#batch ??= new Batch((frames) => this.#writeArray(frames));
  }

  /** Sends what was collected; goes back to one message a packet, unless batching goes on at intervals. */
  flushBatch(): void {
    this.#batch?.flush();
    this.#batch = this.#batch?.waitMs === undefined ? undefined : this.#batch;
  }

  /** Forgets what was collected, answers among it too. */
  cancelBatch(): void {
    this.#batch?.drop();
    this.flushBatch();
  }

  /** Sends an array of what comes within each `intervalMs`. */
  batchEvery(intervalMs: number): void {
    this.flushBatch();
    this.#batch = new Batch((frames) => this.#writeArray(frames), intervalMs);
  }

  /** Does so for a time, unless the application starts anew meanwhile. */
  batchFor(intervalMs: number, durationMs: number): void {
    this.batchEvery(intervalMs);
    const batch = this.#batch;
    const stop = (): void => {
      if (this.#batch === batch) {
        this.stopBatching();
      }
    };
    setTimeout(stop, durationMs).unref();
  }

  /** Sends what was collected and goes back to one message a packet. */
  stopBatching(): void {
    this.#batch?.flush();
    this.#batch = undefined;
  }

  /** Forgets what was collected and goes back to one message a packet. */
  cancelBatching(): void {
    this.#batch?.drop();
    this.#batch = undefined;
  }

  /** Sends the ping the client understands; while that is unknown both, or with an engine one after the other. */
  ping(): void {
    const { pingV1, isCustom } = this.#codec;
    if (this.pingVersion === 0 && isCustom && !this.#mayAnswer(pingV1)) {
      this.pingVersion = 2;
    }
    if (this.pingVersion !== 2 && pingV1 !== undefined) {
      this.#outbox.ping(this.#wire, pingV1);
    }
    // An engine would choke on an empty text frame, and the client with it.
    if (this.pingVersion === 2 || (this.pingVersion === 0 && !isCustom)) {
      this.#outbox.ping(this.#wire, PING_V2_FRAME);
    }
  }

  /** Closes with a code of the protocol. */
  close(name: CloseName): void {
    this.closeWith(closeCodes[name].code, closeCodes[name].reason);
  }

  /** Sends the client away as soon as nothing it has asked for is in hand; false while something is: call it again. */
  depart(): boolean {
    if (this.#owed > 0 || this.isBusy) {
      this.isDeparting = true;
      return false;
    }
    this.close('goingAway');
    return true;
  }

  /** Closes with any code that may be sent. Data that is no text reaches only clients of ping protocol 1. */
  closeWith(code: number, data: unknown): void {
    if (!this.#wire.isOpen) {
      return;
    }
    this.stopBatching();
    const announcement = { code, data: data === '' ? undefined : data };
    this.#outbox.finish(
      this.#wire,
      this.pingVersion === 1 ? this.#codec.event(events.disconnect, announcement) : undefined,
    );
    this.#wire.close(code, typeof data === 'string' ? fitReason(data) : '');
    this.clearInbox();
  }

  /** Where packets wait that cannot begin yet; made when the first has to. */
  get inbox(): Inbox {
    this.#inbox ??= new Inbox(this.#wire);
    return this.#inbox;
  }

  /** Whether what the client sends now has to wait. */
  get isBusy(): boolean {
    return this.#inbox?.isBusy === true;
  }

  /** Whether the client is not read, for all it has sent that has to wait. */
  get isPaused(): boolean {
    return this.#inbox?.isPaused === true;
  }

  /** Lets go what has not begun. */
  clearInbox(): void {
    this.#inbox?.clear();
  }

  /** Drops the connection without a word. */
  terminate(): void {
    this.#wire.terminate();
  }

  #writeArray(frames: readonly Buffer[]): void {
    const [first] = frames;
    const isOne = first !== undefined && frames.length === 1;
    this.#outbox.send(this.#wire, isOne ? first : this.#codec.array(frames.map(messageOf)));
  }

  /** Whether one more ping of protocol 1 makes sense; counts it. */
  #mayAnswer(pingV1: Buffer | undefined): boolean {
    this.#unanswered += 1;
    return pingV1 !== undefined && this.#unanswered <= UNANSWERED_PINGS;
  }
}

/** The message that a frame built here holds. */
function messageOf(frame: Buffer): Message {
  return isBinaryFrame(frame) ? payloadOf(frame) : payloadOf(frame).toString();
}
