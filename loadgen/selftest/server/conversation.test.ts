import { expect, test } from 'vitest';
import { Conversation } from './conversation.ts';

const UPGRADE = 'GET / HTTP/1.1\r\nUpgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n';

/** A client's frame: masked, short. */
function frame(text: string): Buffer {
  const mask = [1, 2, 3, 4];
  const payload = Buffer.from(text).map((byte, n) => byte ^ (mask[n % 4] ?? 0));
  return Buffer.concat([Buffer.from([0x81, 0x80 | payload.length, ...mask]), payload]);
}

function listen(): { conversation: Conversation; handshakes: string[]; questions: string[] } {
  const [handshakes, questions]: [string[], string[]] = [[], []];
  const conversation = new Conversation('2', {
    handshake: (answer) => handshakes.push(answer.toString('latin1')),
    question: (answer) => questions.push(answer.toString('latin1')),
  });
  return { conversation, handshakes, questions };
}

test('Conversation grants an upgrade with the key of RFC 6455 and names its worker', () => {
  const { conversation, handshakes } = listen();
  conversation.hear(Buffer.from(UPGRADE));
  expect(handshakes[0]).toContain('Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n');
  expect(handshakes[0]).toContain('SC-Worker: 2\r\n');
});

test('Conversation hears every question, however the bytes are cut', () => {
  const bytes = Buffer.concat([
    Buffer.from(UPGRADE),
    frame('{"event":"#handshake","data":{"authToken":null},"cid":1}'),
    ...[1_000_000_000, 1_000_000_001].map((cid) => frame(`{"event":"call","data":null,"cid":${cid}}`)),
  ]);
  const { conversation, handshakes, questions } = listen();
  for (let at = 0; at < bytes.length; at += 7) conversation.hear(bytes.subarray(at, at + 7));
  expect(handshakes).toHaveLength(2);
  expect(handshakes[1]).toContain('"rid":1');
  expect(questions.map((answer) => answer.slice(2))).toEqual(['{"rid":1000000000}', '{"rid":1000000001}']);
});

test('Conversation takes any other request for a question by HTTP', () => {
  const { conversation, questions } = listen();
  conversation.hear(Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n'));
  expect(questions).toHaveLength(2);
  expect(questions[0]).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
});
