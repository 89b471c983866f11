import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { askAt, getJson } from './subject.ts';

async function serve(status: number, body: string): Promise<{ port: number; asked: (string | undefined)[] }> {
  const asked: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url, request.headers.connection);
    response.writeHead(status).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, asked };
}

test('askAt() sends a command over a connection that ends with it', async () => {
  const { port, asked } = await serve(200, '{"sockets":3,"authenticated":1}');
  expect(await askAt(port)('count')).toEqual({ sockets: 3, authenticated: 1 });
  expect(asked).toEqual(['/measured/count', 'close']);
});

test('getJson() rejects what is no answer', async () => {
  const { port } = await serve(404, '{}');
  const url = `http://127.0.0.1:${port}/state`;
  await expect(getJson(url)).rejects.toThrow(`Cannot ask "${url}": it answers 404`);
});
