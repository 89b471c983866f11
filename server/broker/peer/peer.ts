import type { Socket } from 'node:net';
import { createFrameReader, type Frame, FrameError, FrameType, FrameWriter } from '../link/index.ts';

/** A worker that does not even read why it is refused must not hold the socket. */
const REFUSAL_WITHIN_MS = 500;

/** Who hears of a peer. */
export interface PeerEvents {
  /** Takes each frame, valid during the call. */
  onFrame(frame: Frame, peer: Peer): void;
  /** Called once, when no more frames will come; with the reason when the peer broke a rule. */
  onEnd(peer: Peer, offence?: string): void;
}

/** The broker's end of a link: one connected worker. */
export class Peer {
  /** Collects what goes out with the next flush. */
  readonly writer = new FrameWriter();
  /** Whether the worker has proved that it knows the secret. */
  isWelcome = false;
  /** Whether the server has it on the list for the next flush. */
  isDirty = false;
  readonly #socket: Socket;
  readonly #events: PeerEvents;
  #isEnded = false;

  constructor(socket: Socket, events: PeerEvents) {
    this.#socket = socket;
    this.#events = events;
    const reader = createFrameReader((frame) => {
      if (!this.#isEnded) {
        events.onFrame(frame, this);
      }
    });
    socket.on('data', (chunk: Buffer) => {
      if (!this.#isEnded) {
        this.#read(reader, chunk);
      }
    });
    socket.on('error', () => {}); // `close` follows, and a worker that went away is no error here
    socket.once('close', () => this.#end());
  }

  /** Bytes this worker has not taken yet. */
  get queuedBytes(): number {
    return this.#socket.writableLength + this.writer.length;
  }

  flush(): void {
    this.isDirty = false;
    if (!this.#isEnded) {
      this.writer.flushTo(this.#socket);
    }
  }

  /** Tells the worker why and ends the link. */
  refuse(reason: string): void {
    if (this.#isEnded) {
      return;
    }
    this.writer.write(FrameType.refused, 0, '', Buffer.from(reason));
    this.writer.flushTo(this.#socket);
    this.#socket.destroySoon();
    setTimeout(() => this.#socket.destroy(), REFUSAL_WITHIN_MS).unref();
    this.#end(reason);
  }

  /** Ends the link without a word: the worker does not read, or the broker stops. */
  destroy(offence?: string): void {
    this.#socket.destroy();
    this.#end(offence);
  }

  /** Ends the link after what is on its way. */
  end(): void {
    this.flush();
    this.#socket.end();
  }

  #read(reader: ReturnType<typeof createFrameReader>, chunk: Buffer): void {
    try {
      reader.read(chunk);
    } catch (error) {
      if (!(error instanceof FrameError)) {
        throw error;
      }
      this.refuse(error.message);
    }
  }

  #end(offence?: string): void {
    if (!this.#isEnded) {
      this.#isEnded = true;
      this.#events.onEnd(this, offence);
    }
  }
}
