import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { describeRequest, readOrigin } from './origin.ts';

function ask(url: string, headers: Record<string, string> = {}): IncomingMessage {
  const request = new IncomingMessage(new Socket());
  return Object.assign(request, { url, headers });
}

test('describeRequest() keeps URL, query and headers in one text, without those of every WebSocket', () => {
  const headers = { host: 'a', cookie: 'b=c', 'sec-websocket-protocol': 'mine' };
  const request = ask('/path/?a=1&b=%20&a=2', { ...headers, upgrade: 'websocket', 'sec-websocket-key': 'x' });
  const origin = describeRequest(request);
  expect(origin).toBeTypeOf('string');
  expect(readOrigin(origin)).toEqual({
    method: 'GET',
    url: '/path/?a=1&b=%20&a=2',
    headers,
    query: { a: '2', b: ' ' },
  });
});

test('describeRequest() keeps what was added since the application saw the request', () => {
  const request = ask('/path/');
  const known = new Set(Object.keys(request));
  expect(describeRequest(request, known)).toBeTypeOf('string');
  const user = { name: 'bob' };
  Object.assign(request, { user });
  const origin = readOrigin(describeRequest(request, known));
  expect(origin).toEqual({ method: 'GET', url: '/path/', headers: {}, query: {}, user });
  expect(origin['user']).toBe(user);
});
