import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer, type Socket } from 'node:net';
import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { release, stopReading, take } from '../../process/handover/index.ts';
import { type FirstBytes, type HeadFault, readHead } from './read-head.ts';

const LIMITS = { maxBytes: 1_024, withinMs: 10_000 };
const HEAD = 'POST /a?b=c HTTP/1.1\r\nHost: x\r\nContent-Length: 11\r\nX: \r\n\r\n';

afterEach(() => vi.useRealTimers());

function read(connection: PassThrough): Promise<FirstBytes | HeadFault> {
  return new Promise((resolve) => readHead(connection, LIMITS, () => connection.pause(), resolve));
}

test('readHead() finds the end of the head wherever the bytes are split, and leaves the rest in order', async () => {
  const cuts = fc.uniqueArray(fc.nat({ max: HEAD.length + 30 }), { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(cuts, fc.string({ unit: 'binary', maxLength: 30 }), async (unsorted, text) => {
      const sent = Buffer.concat([Buffer.from(HEAD), Buffer.from(text)]);
      const connection = new PassThrough();
      const found = read(connection);
      let from = 0;
      for (const cut of [...unsorted.toSorted((a, b) => a - b), sent.length]) {
        connection.write(sent.subarray(from, cut));
        from = Math.max(from, cut);
      }
      const { bytes, headBytes } = (await found) as FirstBytes;
      expect(headBytes).toBe(HEAD.length);
      expect(Buffer.concat([bytes, (connection.read() as Buffer | null) ?? Buffer.alloc(0)])).toEqual(sent);
    }),
  );
});

test('readHead() gives up on a head that is too long, also when its end comes along', async () => {
  for (const end of ['', '\r\n\r\n']) {
    const connection = new PassThrough();
    connection.write(`GET / HTTP/1.1\r\nX: ${'x'.repeat(LIMITS.maxBytes)}${end}`);
    expect(await read(connection)).toBe('tooLarge');
  }
});

test('readHead() takes a head of just the longest size', async () => {
  const connection = new PassThrough();
  const start = 'GET / HTTP/1.1\r\nX: ';
  connection.write(`${start}${'x'.repeat(LIMITS.maxBytes - start.length - 4)}\r\n\r\n`);
  expect(await read(connection)).toMatchObject({ headBytes: LIMITS.maxBytes });
});

test('readHead() does not wait for more once the first byte is of another protocol', async () => {
  const connection = new PassThrough();
  connection.write(Buffer.from([0x16, 0x03, 0x01]));
  expect(await read(connection)).toBe('notHttp');
});

test('readHead() notices that the client has gone, and gives up on one that is too slow', async () => {
  const gone = new PassThrough();
  gone.write('GET /');
  gone.end();
  expect(await read(gone)).toBe('goneAway');
  vi.useFakeTimers();
  const slow = new PassThrough();
  const found = read(slow);
  slow.write('GET / HTTP/1.1\r\n');
  await vi.advanceTimersByTimeAsync(LIMITS.withinMs);
  expect(await found).toBe('tooSlow');
  expect(slow.listenerCount('data') + slow.listenerCount('close')).toBe(0);
});

// From here on: real connections, taken from one server's hands and put into another's.

let http: Server;
let port: number;
let tcp: ReturnType<typeof createTcpServer>;
/** Resolves when the client has sent everything, so that what follows the head arrives while nobody reads. */
let everythingSent: Promise<void>;

beforeAll(async () => {
  http = createServer((request, response) => {
    const body: Buffer[] = [];
    request.on('data', (chunk: Buffer) => body.push(chunk));
    request.on('end', () => response.end(`${request.url} ${Buffer.concat(body).toString()};`));
  });
  tcp = createTcpServer((socket) =>
    readHead(
      socket,
      LIMITS,
      () => stopReading(socket),
      (result) => {
        const handle = release(socket);
        if (typeof result === 'string' || handle === undefined) {
          socket.destroy();
        } else {
          void everythingSent.then(() => http.emit('connection', take(handle, result.bytes)));
        }
      },
    ),
  );
  tcp.listen(0, '127.0.0.1');
  await once(tcp, 'listening');
  port = (tcp.address() as AddressInfo).port;
});
afterAll(() => {
  tcp.close();
  http.closeAllConnections();
});

async function answersTo(chunks: string[]): Promise<string> {
  const client: Socket = connect({ port, host: '127.0.0.1', noDelay: true });
  let text = '';
  client.on('data', (data: Buffer) => {
    text += data.toString();
  });
  let tell = (): void => undefined;
  everythingSent = new Promise((resolve) => {
    tell = resolve;
  });
  for (const chunk of chunks) {
    await new Promise((resolve) => client.write(chunk, resolve));
    await new Promise(setImmediate);
  }
  client.end();
  await new Promise(setImmediate);
  tell();
  await once(client, 'close');
  return text
    .split('\r\n\r\n')
    .slice(1)
    .map((part) => part.split(';')[0])
    .join('|');
}

test('take() goes on reading where stopReading() stopped: no byte is lost or doubled, wherever they are split', async () => {
  const first = 'POST /first HTTP/1.1\r\nHost: x\r\nContent-Length: 11\r\n\r\nhello world';
  const all = `${first}GET /second HTTP/1.1\r\nHost: x\r\n\r\nGET /third HTTP/1.1\r\nHost: x\r\n\r\n`;
  for (let cut = 0; cut <= all.length; cut += 1) {
    expect(await answersTo([all.slice(0, cut), all.slice(cut)].filter(Boolean))).toBe(
      '/first hello world|/second |/third ',
    );
  }
});
