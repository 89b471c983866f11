import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test, vi } from 'vitest';
import { startHttp } from './child.ts';

test('startHttp() makes requests from the common start on, and tells of them once', async () => {
  let heard = 0;
  const server = createServer((_request, response) => {
    heard += 1;
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const requests = await startHttp({
    origin: `http://127.0.0.1:${port}`,
    path: '/',
    rate: 10,
    connections: 2,
    method: 'GET',
    headers: {},
    body: '',
    start: 0,
    end: 600,
    answerWithin: 2,
  });
  expect(heard).toBe(0);
  requests.go(Date.now());
  await vi.waitFor(() => expect(heard).toBeGreaterThanOrEqual(10), { timeout: 10_000 });
  const record = await requests.stop();
  server.close();
  expect(record).toMatchObject({ type: 'http', errors: 0, status: { 200: expect.any(Number) } });
  expect(await requests.stop()).toEqual(record);
});
