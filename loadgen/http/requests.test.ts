import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { decodeHistogram } from '../results/index.ts';
import type { HttpOrder } from './messages.ts';
import { makeRequests } from './requests.ts';

const servers: ReturnType<typeof createServer>[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.closeAllConnections();
});

async function order(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  changes: Partial<HttpOrder> = {},
): Promise<HttpOrder> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    path: '/some?where',
    rate: 20,
    connections: 4,
    method: 'POST',
    headers: { 'X-Key': 'k' },
    body: 'hello',
    start: 3,
    end: 4,
    answerWithin: 2,
    ...changes,
  };
}

test('makeRequests() makes them at their rate and counts answers by status', async () => {
  const heard: string[] = [];
  const made = makeRequests(
    await order((request, response) => {
      heard.push(`${request.method} ${request.url} ${request.headers['x-key']}`);
      response.statusCode = heard.length % 5 === 0 ? 503 : 200;
      response.end('ok');
    }),
  );
  const { status, latency, seconds, ...record } = await made.done;
  expect(new Set(heard)).toEqual(new Set(['POST /some?where k']));
  expect(record).toEqual({ type: 'http', start: 3, errors: 0, timedOut: 0 });
  const answers = (status['200'] ?? 0) + (status['503'] ?? 0);
  // At once for the first second, and for the next one that had begun when the time was over.
  expect(answers).toBeGreaterThanOrEqual(20);
  expect(answers).toBeLessThanOrEqual(heard.length);
  expect(status['503']).toBeGreaterThanOrEqual(4);
  expect(decodeHistogram(latency ?? '').count).toBe(answers);
  expect(seconds).toBeGreaterThanOrEqual(1);
});

test('makeRequests() counts what nobody answers', async () => {
  const made = makeRequests(await order((request) => request.socket.destroy(), { rate: 4 }));
  const { status, errors, latency } = await made.done;
  expect([status, latency]).toEqual([{}, undefined]);
  expect(errors).toBeGreaterThanOrEqual(3); // The last one may be under way when the time is over.
});

test('makeRequests() ends when it is told to, long before its time', async () => {
  const made = makeRequests(await order((_request, response) => response.end(), { end: 3_000 }));
  made.stop();
  expect((await made.done).seconds).toBeLessThan(5);
});

test('makeRequests() says what autocannon does not take', async () => {
  const made = makeRequests(await order((_request, response) => response.end(), { connections: 0 }));
  await expect(made.done).rejects.toThrow();
});
