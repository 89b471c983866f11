import { expect, test } from 'vitest';
import { Answers } from './answers.ts';
import { Connection, Outbox } from './connection.ts';
import { clientFrame } from './testing.ts';

const UPGRADE = 'GET / HTTP/1.1\r\nUpgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n';
const subscribe = '{"event":"#subscribe","data":{"channel":"bench/0"},"cid":3}';
const publication = '{"event":"#publish","data":{"channel":"bench/0","data":1}}';

function scene() {
  const answers = new Answers<Connection>('pong');
  const outbox = new Outbox();
  const join = () => {
    const writes: string[] = [];
    const line = { write: (bytes: Buffer) => writes.push(bytes.toString('latin1')) };
    return { connection: new Connection(line, answers, outbox), writes };
  };
  return { one: join(), two: join() };
}

test('Connection grants an upgrade with the key of RFC 6455 and names a worker', () => {
  const { one } = scene();
  one.connection.hear(Buffer.from(UPGRADE));
  expect(one.writes).toHaveLength(1);
  expect(one.writes[0]).toContain('Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n');
  expect(one.writes[0]).toContain('SC-Worker: 0\r\n');
});

test('Connection refuses a request that is no upgrade', () => {
  const { one } = scene();
  one.connection.hear(Buffer.from('GET / HTTP/1.1\r\n\r\n'));
  expect(one.writes.join()).toContain('426 Upgrade Required');
});

test('Connection answers the same texts however the bytes are cut', () => {
  const texts = ['one', 'x'.repeat(300), '', 'two'];
  const bytes = Buffer.concat([Buffer.from(UPGRADE), ...texts.map((text) => clientFrame(text))]);
  const said = [1, 7, bytes.length].map((size) => {
    const { one } = scene();
    for (let at = 0; at < bytes.length; at += size) {
      one.connection.hear(Buffer.from(bytes.subarray(at, at + size)));
    }
    return one.writes.join('').split('\r\n\r\n')[1];
  });
  expect(said[0]).toContain('two');
  expect(new Set(said).size).toBe(1);
});

test('Connection writes once what one chunk brings about, to each who is to hear it', () => {
  const { one, two } = scene();
  for (const { connection } of [one, two]) {
    connection.hear(Buffer.from(UPGRADE));
    connection.hear(clientFrame(subscribe));
  }
  one.connection.hear(Buffer.concat([clientFrame(publication), clientFrame(publication)]));
  expect([one.writes.length, two.writes.length]).toEqual([3, 3]);
  expect(two.writes[2]?.split('#publish')).toHaveLength(3);
});
