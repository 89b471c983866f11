import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FACT } from '../testing.ts';
import { Lines } from './lines.ts';

let server: Server;
let accepted: Socket[];
const told: string[] = [];

const events = {
  connected: (user: number) => void told.push(`${user} connected`),
  received: (user: number, bytes: Buffer, length: number) =>
    void told.push(`${user} received ${bytes.toString('latin1', 0, length)}`),
  ended: (user: number, cause: string) => void told.push(`${user} ended ${cause}`),
};

beforeEach(async () => {
  told.length = 0;
  accepted = [];
  server = createServer((socket) => {
    socket.on('error', () => {});
    accepted.push(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  for (const socket of accepted) socket.destroy();
  await new Promise((resolve) => server.close(resolve));
});

const portOf = (): number => (server.address() as AddressInfo).port;
const linesTo = (port: number): Lines =>
  new Lines(8, { address: '127.0.0.1', host: 'localhost', port, secure: false }, events);
const wait = (text: string) => vi.waitFor(() => expect(told).toContain(text), FACT);

/** Opens a line and finds the server's end of it. */
async function open(lines: Lines, user: number, localAddress?: string): Promise<Socket> {
  const before = accepted.length;
  lines.open(user, localAddress);
  await wait(`${user} connected`);
  return vi.waitFor(() => accepted[before] ?? expect.fail(), FACT);
}

test('Lines carries bytes both ways and keeps users apart in the shared buffer', async () => {
  const lines = linesTo(portOf());
  const peers = [await open(lines, 0), await open(lines, 1)];
  for (const peer of peers) peer.on('data', (bytes) => peer.write(`re:${bytes}`));
  lines.write(0, Buffer.from('zero'));
  lines.write(1, Buffer.from('one'));
  await wait('0 received re:zero');
  await wait('1 received re:one');
  await lines.close();
});

test('Lines connects from the address it is told', async () => {
  const lines = linesTo(portOf());
  const peer = await open(lines, 0, '127.0.3.3');
  expect(peer.remoteAddress).toBe('127.0.3.3');
  await lines.close();
});

test('Lines opens each connection to the host whose turn it is', async () => {
  const nowhere = { host: 'nowhere', port: 1, address: '127.0.0.1' };
  const all = [{ host: 'localhost', port: portOf(), address: '127.0.0.1' }, nowhere];
  let turn = 0;
  const hosts = { all, next: () => turn++ % all.length };
  const lines = new Lines(8, { ...nowhere, secure: false, hosts }, events);
  await open(lines, 0);
  lines.open(1, undefined);
  await wait('1 ended refused');
  await open(lines, 2);
  await lines.close();
});

test('Lines tells one end with its cause: by the other side, by reset, by us', async () => {
  const lines = linesTo(portOf());
  (await open(lines, 0)).end();
  (await open(lines, 1)).resetAndDestroy();
  await open(lines, 2);
  lines.end(2, 'mine');
  lines.end(2, 'again');
  await wait('0 ended ended');
  await wait('1 ended reset');
  await lines.close();
  expect(told.filter((text) => text.includes('ended'))).toHaveLength(3);
  expect(told).toContain('2 ended mine');
});

test('Lines ends with a reset, so that no TIME_WAIT stays behind', async () => {
  const lines = linesTo(portOf());
  const failures: string[] = [];
  for (const user of [0, 1]) {
    const peer = await open(lines, user);
    peer.on('error', (error: NodeJS.ErrnoException) => failures.push(error.code ?? ''));
    peer.resume();
  }
  lines.end(0, 'mine');
  await lines.close();
  await vi.waitFor(() => expect(failures).toEqual(['ECONNRESET', 'ECONNRESET']), FACT);
});

test('Lines says refused when nobody listens', async () => {
  const port = portOf();
  await new Promise((resolve) => server.close(resolve));
  const lines = linesTo(port);
  lines.open(5, undefined);
  await wait('5 ended refused');
  await lines.close();
});

test('Lines says no-ports when a local address cannot be had', async () => {
  const lines = linesTo(portOf());
  lines.open(5, '192.0.2.1');
  await wait('5 ended no-ports');
  await lines.close();
});

test('Lines.close() tells nothing, also of a line that was still connecting', async () => {
  const lines = linesTo(portOf());
  await open(lines, 0);
  lines.open(1, undefined);
  await lines.close();
  expect(told).toEqual(['0 connected']);
});

test('Lines.close() does not wait for a target that has stopped reading', async () => {
  const lines = linesTo(portOf());
  await open(lines, 0);
  // More than the buffers of the kernel take, and the other end reads nothing.
  lines.write(0, Buffer.alloc(32 * 1024 * 1024));
  await lines.close();
  expect(told).toEqual(['0 connected']);
});

test('Lines.write() ends a line of which too much waits for the target, once whoever writes is done', async () => {
  const lines = linesTo(portOf());
  await open(lines, 0);
  // One message may be of any length.
  lines.write(0, Buffer.alloc(32 * 1024 * 1024));
  (await open(lines, 1)).end();
  await wait('1 ended ended');
  expect(told).not.toContain('0 ended unread');
  await vi.waitFor(() => {
    for (const text of ['more', 'and more']) lines.write(0, Buffer.from(text));
    expect(told).toContain('0 ended unread');
  }, FACT);
  await lines.close();
  expect(told.filter((text) => text.startsWith('0 ended'))).toHaveLength(1);
});

test('Lines.leave() sends last words, tells nothing and frees the user for the next line at once', async () => {
  const lines = linesTo(portOf());
  const peer = await open(lines, 0);
  const heard = new Promise((resolve) => peer.once('data', (bytes) => resolve(String(bytes))));
  lines.leave(0, Buffer.from('bye'));
  expect(await heard).toBe('bye');
  const next = await open(lines, 0);
  peer.write('too late');
  peer.end();
  next.write('here');
  await wait('0 received here');
  expect(told).toEqual(['0 connected', '0 connected', '0 received here']);
  await lines.close();
});

test('Lines.close() does not wait for a peer that keeps a line whose user has left', async () => {
  const lines = linesTo(portOf());
  await open(lines, 0);
  lines.leave(0, Buffer.from('bye'));
  await lines.close();
  expect(told).toEqual(['0 connected']);
});

test('Lines.setReading() leaves what arrives to the kernel until it reads on', async () => {
  const lines = linesTo(portOf());
  const peer = await open(lines, 0);
  lines.setReading(0, false);
  const whole = 32 * 1024 * 1024;
  peer.write(Buffer.alloc(whole));
  // The kernel takes only so much: the rest waits on the other side, and a round trip later it still does.
  const other = await open(lines, 1);
  other.write('hello');
  await wait('1 received hello');
  expect(peer.writableLength).toBeGreaterThan(0);
  expect(told.filter((text) => text.startsWith('0 received'))).toEqual([]);
  lines.setReading(0, true);
  await vi.waitFor(() => expect(peer.writableLength).toBe(0), FACT);
  await lines.close();
});
