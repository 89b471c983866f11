import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { expect, test } from 'vitest';
import { startTarget } from '../testing.ts';
import { encodeUpgrade, readUpgradeAnswer } from './upgrade.ts';

async function answerOf(port: number): Promise<Buffer> {
  const socket = connect(port, '127.0.0.1');
  socket.write(encodeUpgrade({ host: '127.0.0.1', port, path: '/socketcluster/' }));
  const chunks: Buffer[] = [];
  for await (const chunk of socket) {
    chunks.push(chunk as Buffer);
    if (Buffer.concat(chunks).includes('\r\n\r\n')) break;
  }
  socket.destroy();
  return Buffer.concat(chunks);
}

test('encodeUpgrade() is granted by ws, and readUpgradeAnswer() finds the worker', async () => {
  const target = await startTarget({ worker: '12' });
  const answer = await answerOf(target.port);
  expect(readUpgradeAnswer(answer)).toEqual({ type: 'granted', worker: '12', bytesRead: answer.length });
  await target.close();
});

test('readUpgradeAnswer() calls the worker of a foreign target "-"', async () => {
  const target = await startTarget({ worker: null });
  expect(readUpgradeAnswer(await answerOf(target.port))).toMatchObject({ type: 'granted', worker: '-' });
  await target.close();
});

test('readUpgradeAnswer() names the status of a plain HTTP server', async () => {
  const server = createServer((_request, response) => response.writeHead(404).end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const answer = await answerOf((server.address() as AddressInfo).port);
  expect(readUpgradeAnswer(answer)).toEqual({ type: 'refused', cause: 'http-404' });
  server.closeAllConnections();
  server.close();
});

test('readUpgradeAnswer() waits for every byte of the answer and leaves those behind it', async () => {
  const target = await startTarget();
  const answer = await answerOf(target.port);
  for (let length = 0; length < answer.length; length += 1) {
    expect(readUpgradeAnswer(answer.subarray(0, length))).toEqual({ type: 'unfinished' });
  }
  const more = Buffer.concat([answer, Buffer.from([0x81, 0])]);
  expect(readUpgradeAnswer(more)).toMatchObject({ type: 'granted', bytesRead: answer.length });
  await target.close();
});

test.each([
  ['another protocol', 'SSH-2.0-server\r\n\r\n', 'not-http'],
  ['a flood', 'x'.repeat(20_000), 'not-http'],
  [
    'a wrong Sec-WebSocket-Accept',
    'HTTP/1.1 101 Switching\r\nsec-websocket-accept: no\r\n\r\n',
    'wrong-accept',
  ],
  ['a status without a phrase', 'HTTP/1.1 503\r\n\r\n', 'http-503'],
])('readUpgradeAnswer() refuses %s', (_what, answer, cause) => {
  expect(readUpgradeAnswer(Buffer.from(answer))).toEqual({ type: 'refused', cause });
});

test('encodeUpgrade() writes an IPv6 host in brackets', () => {
  expect(String(encodeUpgrade({ host: '::1', port: 80, path: '/' }))).toContain('Host: [::1]:80\r\n');
});

test.each([
  ['/s/', '/s/?a=1&b=x+y'],
  ['/s/?t=9', '/s/?t=9&a=1&b=x+y'],
])('encodeUpgrade() adds query and headers to %s', (path, expected) => {
  const query = { a: '1', b: 'x y' };
  const text = String(encodeUpgrade({ host: 'h', port: 1, path, query, headers: { Origin: 'http://o' } }));
  expect(text).toMatch(`GET ${expected} HTTP/1.1\r\n`);
  expect(text).toMatch('\r\nOrigin: http://o\r\n');
});

test.each(['\u001b[2J\u001b[31m', 'a\tb', 'caf\u00e9', 'w'.repeat(65), ''])(
  'readUpgradeAnswer() takes no name that may do harm where it is printed: %j',
  async (name) => {
    const target = await startTarget({ worker: '12' });
    const answer = String(await answerOf(target.port)).replace(
      /(sc-worker: )12/i,
      (_, field) => field + name,
    );
    await target.close();
    expect(answer).toContain(name);
    expect(readUpgradeAnswer(Buffer.from(answer, 'latin1'))).toMatchObject({ worker: '-' });
  },
);
