/**
 * The connection under a link: connects to a broker's socket, says hello, comes back after a loss, and
 * writes once per loop turn. Knows frames, not what they are about.
 */
import { connect, type Socket } from 'node:net';
import { ClusterError } from '../../errors/index.ts';
import { backoff } from '../../process/index.ts';
import { FrameError, FrameType } from './frame.ts';
import { createFrameReader, type Frame } from './frame-reader.ts';
import { FrameWriter } from './frame-writer.ts';

/** Where a line goes and who hears of it. */
export interface LineOptions {
  /** Path of the broker's unix socket. */
  path: string;
  secret: string;
  workerId: number;
  /** A broker that has not answered the hello by then is tried anew. */
  welcomeWithinMs: number;
  /** Called at each welcome. What is sent in it goes out before anything else. */
  onUp(): void;
  /** Called when the line was up and fell, and at each attempt that failed; `failures` are these in a row. */
  onDown(error: ClusterError, failures: number): void;
  /** Takes every frame after the welcome; the frame is valid during the call. */
  onFrame(frame: Frame): void;
}

/** A broker that restarts is back within a second, so the house's longer pauses would only lose publications. */
const MOST_PAUSE_MS = 1_000;

/** What a broker that no longer reads may take of a line that closes. */
const CLOSE_WITHIN_MS = 500;

const READ_BYTES = 65_536;

/** Connects at once and keeps connecting until it is closed. */
export class Line {
  readonly #options: LineOptions;
  readonly #writer = new FrameWriter();
  /** All reads of this line go into this buffer: a frame is used up before the next read. */
  readonly #readBuffer = Buffer.allocUnsafeSlow(READ_BYTES);
  #socket: Socket | undefined;
  #timer: NodeJS.Timeout | undefined;
  #error: Error | undefined;
  #failures = 0;
  #isUp = false;
  #isClosed = false;
  #isFlushScheduled = false;

  constructor(options: LineOptions) {
    this.#options = options;
    this.#connect();
  }

  get isUp(): boolean {
    return this.#isUp;
  }

  /** Bytes on their way that the kernel has not taken. */
  get queuedBytes(): number {
    return this.#writer.length + (this.#socket?.writableLength ?? 0);
  }

  /** Sends a frame with this loop turn's write. Only while the line is up, and only what fits (`misfitOf`). */
  send(type: FrameType, id: number, channel: string, payload?: Uint8Array): void {
    this.#writer.write(type, id, channel, payload);
    if (!this.#isFlushScheduled) {
      this.#isFlushScheduled = true;
      setImmediate(this.#flush);
    }
  }

  /** Sends what is waiting and ends the line for good. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    const socket = this.#socket;
    if (socket === undefined) {
      return;
    }
    const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    if (this.#isUp) {
      this.#flush();
      socket.end();
      this.#timer = setTimeout(() => socket.destroy(), CLOSE_WITHIN_MS);
    } else {
      socket.destroy();
    }
    await closed;
    clearTimeout(this.#timer);
  }

  readonly #flush = (): void => {
    this.#isFlushScheduled = false;
    if (this.#isUp && this.#socket !== undefined) {
      this.#writer.flushTo(this.#socket);
    }
  };

  #connect(): void {
    const { path, secret, workerId, welcomeWithinMs } = this.#options;
    const reader = createFrameReader((frame) => this.#take(frame));
    const socket = connect({
      path,
      onread: {
        buffer: this.#readBuffer,
        callback: (length) => {
          this.#read(reader, length);
          return true;
        },
      },
    });
    this.#socket = socket;
    this.#timer = setTimeout(() => socket.destroy(new Error('no welcome')), welcomeWithinMs);
    socket.once('connect', () => {
      this.#writer.write(FrameType.hello, workerId, '', Buffer.from(secret));
      this.#writer.flushTo(socket);
    });
    socket.on('error', (error) => {
      this.#error = error;
    });
    socket.once('close', () => this.#fall());
  }

  #read(reader: ReturnType<typeof createFrameReader>, length: number): void {
    try {
      reader.read(this.#readBuffer, length);
    } catch (error) {
      if (!(error instanceof FrameError)) {
        throw error;
      }
      this.#socket?.destroy(error);
    }
  }

  #take(frame: Frame): void {
    if (this.#isClosed || this.#socket?.destroyed === true) {
      return; // what is left of a chunk after the line has ended
    }
    if (frame.type === FrameType.refused) {
      this.#socket?.destroy(new Error(`refused: ${frame.payload.toString()}`));
      return;
    }
    if (!this.#isUp) {
      this.#welcome(frame);
    } else if (frame.type === FrameType.barrier) {
      this.send(FrameType.acknowledged, frame.id, ''); // What came before has been taken.
    } else {
      this.#options.onFrame(frame);
    }
  }

  #welcome(frame: Frame): void {
    if (frame.type !== FrameType.acknowledged) {
      this.#socket?.destroy(new Error(`it answered the hello with a frame of type ${frame.type}`));
      return;
    }
    clearTimeout(this.#timer);
    this.#isUp = true;
    this.#failures = 0;
    this.#options.onUp();
  }

  #fall(): void {
    clearTimeout(this.#timer);
    const error = this.#error;
    this.#error = undefined;
    this.#socket = undefined;
    this.#isUp = false;
    this.#writer.clear();
    if (this.#isClosed) {
      return;
    }
    this.#failures += 1;
    this.#timer = setTimeout(() => this.#connect(), Math.min(MOST_PAUSE_MS, backoff(this.#failures)));
    const reason = error?.message ?? 'it ended the line';
    this.#options.onDown(
      new ClusterError(`Cannot reach the broker at "${this.#options.path}": ${reason}`, {
        code: 'BROKER_UNREACHABLE',
        cause: error,
      }),
      this.#failures,
    );
  }
}
