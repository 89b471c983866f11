import { type AddressInfo, createServer as createPlainServer, type Server } from 'node:net';
import { createServer } from 'node:tls';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FACT } from '../testing.ts';
import { Lines } from './lines.ts';
import { certificate } from './testing.ts';

/** The one certificate to trust; Node 20 cannot be told of it otherwise once it runs. */
const trust: { ca?: string } = {};

vi.mock('node:tls', async (importOriginal) => {
  const original = await importOriginal<typeof import('node:tls')>();
  return { ...original, createSecureContext: () => original.createSecureContext(trust) };
});

const told: string[] = [];
let server: Server;
let lines: Lines;

function linesTo(secureServer: Server, host: string): Lines {
  const { port } = secureServer.address() as AddressInfo;
  lines = new Lines(
    8,
    { address: '127.0.0.1', host, port, secure: true },
    {
      connected: (user) => void told.push(`${user} connected`),
      received: (user, bytes, length) =>
        void told.push(`${user} received ${bytes.toString('latin1', 0, length)}`),
      ended: (user, cause) => void told.push(`${user} ended ${cause}`),
    },
  );
  return lines;
}

const listen = (one: Server): Promise<void> =>
  new Promise((resolve) => void one.listen(0, '127.0.0.1', resolve));
const wait = (text: string): Promise<void> => vi.waitFor(() => expect(told).toContain(text), FACT);

beforeEach(async () => {
  told.length = 0;
  trust.ca = certificate.cert;
  server = createServer(certificate, (socket) => {
    socket.on('error', () => {});
    socket.on('data', (bytes) => socket.write(`re:${bytes}`));
  });
  server.on('tlsClientError', () => {});
  await listen(server);
});

afterEach(async () => {
  await lines.close();
  await new Promise((resolve) => server.close(resolve));
});

test('openLine() carries bytes both ways under TLS and keeps users apart in the shared buffer', async () => {
  linesTo(server, 'localhost');
  for (const user of [0, 1]) {
    lines.open(user, undefined);
    await wait(`${user} connected`);
  }
  lines.write(0, Buffer.from('zero'));
  lines.write(1, Buffer.from('one'));
  await wait('0 received re:zero');
  await wait('1 received re:one');
  expect(told).toHaveLength(4);
});

test.each([
  ['a certificate nobody vouches for', 'localhost', undefined],
  ['a certificate for another name', 'example.com', certificate.cert],
])('openLine() says certificate of %s', async (_what, host, ca) => {
  if (ca === undefined) delete trust.ca;
  linesTo(server, host).open(0, undefined);
  await wait('0 ended certificate');
  expect(told).toEqual(['0 ended certificate']);
});

test('openLine() says tls of a target that does not speak it', async () => {
  const plain = createPlainServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
  });
  await listen(plain);
  linesTo(plain, 'localhost').open(0, undefined);
  await wait('0 ended tls');
  await new Promise((resolve) => plain.close(resolve));
});
