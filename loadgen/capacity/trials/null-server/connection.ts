/** One connection of the null server: HTTP until its upgrade, WebSocket from then on. */
import { createHash } from 'node:crypto';
import type { Answers, Listener } from './answers.ts';
import { encodeFrame, readFrame } from './frames.ts';

/** What is needed of a socket. */
export interface Line {
  write(bytes: Buffer): unknown;
}

const HEADER_END = '\r\n\r\n';
/** RFC 6455, section 1.3. */
const WEBSOCKET_ID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const NO_UPGRADE = Buffer.from('HTTP/1.1 426 Upgrade Required\r\nContent-Length: 0\r\n\r\n');

/** Connections that have something to write: all that one chunk brings about leaves in one write for each. */
export class Outbox {
  readonly #waiting = new Set<Connection>();

  add(connection: Connection): void {
    this.#waiting.add(connection);
  }

  flush(): void {
    for (const connection of this.#waiting) connection.flush();
    this.#waiting.clear();
  }
}

/** One connection. */
export class Connection implements Listener {
  readonly #line: Line;
  readonly #answers: Answers<Connection>;
  readonly #outbox: Outbox;
  #isWebSocket = false;
  #rest: Buffer = Buffer.alloc(0);
  #frames: Buffer[] = [];

  constructor(line: Line, answers: Answers<Connection>, outbox: Outbox) {
    this.#line = line;
    this.#answers = answers;
    this.#outbox = outbox;
  }

  /** Takes what came in. */
  hear(chunk: Buffer): void {
    let bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    if (!this.#isWebSocket) bytes = this.#upgrade(bytes);
    this.#rest = this.#isWebSocket ? this.#readFrames(bytes) : bytes;
    this.#outbox.flush();
  }

  /** Says a text with all others of this turn. */
  send(text: string): void {
    this.#frames.push(encodeFrame(text));
    this.#outbox.add(this);
  }

  /** Writes what waits. */
  flush(): void {
    const [first] = this.#frames;
    if (first !== undefined)
      this.#line.write(this.#frames.length === 1 ? first : Buffer.concat(this.#frames));
    this.#frames = [];
  }

  /** Gives the bytes after the request, or all of them while it is not whole. */
  #upgrade(bytes: Buffer): Buffer {
    const end = bytes.indexOf(HEADER_END);
    if (end < 0) return bytes;
    const key = /^sec-websocket-key: *(\S+)/im.exec(bytes.toString('latin1', 0, end))?.[1];
    this.#line.write(key === undefined ? NO_UPGRADE : encodeUpgraded(key));
    this.#isWebSocket = key !== undefined;
    return bytes.subarray(end + HEADER_END.length);
  }

  /** Gives what is left: a frame that is not whole. */
  #readFrames(bytes: Buffer): Buffer {
    let at = 0;
    for (let frame = readFrame(bytes, at); frame !== undefined; frame = readFrame(bytes, at)) {
      at += frame.length;
      // An empty text answers a heartbeat, which nobody sent.
      if (frame.text !== undefined && frame.text !== '') this.#answers.hear(this, frame.text);
    }
    return bytes.subarray(at);
  }
}

function encodeUpgraded(key: string): Buffer {
  const lines = [
    'HTTP/1.1 101 Switching Protocols',
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Accept: ${createHash('sha1').update(`${key}${WEBSOCKET_ID}`).digest('base64')}`,
    'SC-Worker: 0',
  ];
  return Buffer.from(lines.join('\r\n') + HEADER_END);
}
