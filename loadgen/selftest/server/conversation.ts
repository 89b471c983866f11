/**
 * The server's half of what is said on one connection: just enough of HTTP, WebSocket and SocketCluster for our load
 * processes and for HTTP clients. It trusts whom it speaks to.
 */
import { createHash } from 'node:crypto';

/** What a connection tells. */
export interface Heard {
  /** A SocketCluster handshake; the answer goes out at once. */
  handshake(answer: Buffer): void;
  /** A question, and the answer that it is to get in time. */
  question(answer: Buffer): void;
}

const HEADER_END = '\r\n\r\n';
const WEBSOCKET_ID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const HTTP_ANSWER = Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');

/** No heartbeats are sent: nobody is to miss one within any run. */
const PING_TIMEOUT_MS = 3_600_000;

const opcodes = { text: 1 } as const;
const MASK_BYTES = 4;

/** One connection. */
export class Conversation {
  readonly #worker: string;
  readonly #heard: Heard;
  #isWebSocket = false;
  #rest: Buffer = Buffer.alloc(0);

  /** `worker` is the name that the answer to an upgrade gives. */
  constructor(worker: string, heard: Heard) {
    this.#worker = worker;
    this.#heard = heard;
  }

  /** Takes what came in. */
  hear(chunk: Buffer): void {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    let read = 0;
    for (let next = this.#readOne(bytes); next > 0; next = this.#readOne(bytes.subarray(read))) read += next;
    this.#rest = bytes.subarray(read);
  }

  /** Reads what stands first, and says how many bytes that took; 0 when it is not whole. */
  #readOne(bytes: Buffer): number {
    return this.#isWebSocket ? this.#readFrame(bytes) : this.#readRequest(bytes);
  }

  #readRequest(bytes: Buffer): number {
    const end = bytes.indexOf(HEADER_END);
    if (end < 0) return 0;
    const key = /^sec-websocket-key: *(\S+)/im.exec(bytes.toString('latin1', 0, end))?.[1];
    if (key === undefined) this.#heard.question(HTTP_ANSWER);
    else {
      this.#isWebSocket = true;
      this.#heard.handshake(encodeUpgraded(key, this.#worker));
    }
    return end + HEADER_END.length;
  }

  #readFrame(bytes: Buffer): number {
    const length = (bytes[1] ?? 0) & 0x7f;
    const start = 2 + MASK_BYTES;
    if (bytes.length < start + length) return 0;
    if (((bytes[0] ?? 0) & 0x0f) === opcodes.text) {
      const mask = bytes.subarray(2, start);
      const text = bytes.subarray(start, start + length).map((byte, n) => byte ^ (mask[n % MASK_BYTES] ?? 0));
      this.#readPacket(Buffer.from(text).toString());
    }
    return start + length;
  }

  #readPacket(text: string): void {
    const { event, cid } = JSON.parse(text) as { event: string; cid: number };
    if (event === '#handshake') {
      const data = { id: 'pathological', pingTimeout: PING_TIMEOUT_MS, isAuthenticated: false };
      this.#heard.handshake(encodeFrame(JSON.stringify({ rid: cid, data })));
    } else this.#heard.question(encodeFrame(`{"rid":${cid}}`));
  }
}

function encodeUpgraded(key: string, worker: string): Buffer {
  const lines = [
    'HTTP/1.1 101 Switching Protocols',
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Accept: ${createHash('sha1').update(`${key}${WEBSOCKET_ID}`).digest('base64')}`,
    `SC-Worker: ${worker}`,
  ];
  return Buffer.from(lines.join('\r\n') + HEADER_END);
}

/** A frame of up to 125 bytes. */
function encodeFrame(text: string): Buffer {
  const payload = Buffer.from(text);
  return Buffer.concat([Buffer.from([0x81, payload.length]), payload]);
}
