import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { runInNewContext } from 'node:vm';
import { expect, onTestFinished, test } from 'vitest';
import { createEngine } from '../../engine/index.ts';
import { createHttpServer, openEntry } from './listen.ts';

async function begin() {
  const server = createHttpServer();
  const engine = createEngine(
    'ws',
    { maxPayload: 1_024, perMessageDeflate: false, headers: [] },
    { message: () => undefined, closed: () => undefined },
  );
  openEntry(server, { path: '/socketcluster/', origins: '*:*', engine, admit: () => undefined });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    server,
    ask: (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${port}${path}`, init),
  };
}

test('serveClientScript() gives pages a script that makes socketCluster', async () => {
  const { ask } = await begin();
  const answer = await ask('/socketcluster.js?v=1');
  expect([answer.status, answer.headers.get('content-type')]).toEqual([
    200,
    'text/javascript; charset=utf-8',
  ]);
  const page = { TextDecoder, TextEncoder };
  runInNewContext(`${await answer.text()}; globalThis.found = typeof socketCluster.create`, page);
  expect(page).toMatchObject({ found: 'function' });
});

test('serveClientScript() leaves everything else alone, and whoever answers for himself', async () => {
  const { ask, server } = await begin();
  expect((await ask('/socketcluster.js.map')).status).toBe(404);
  expect((await ask('/socketcluster.js', { method: 'POST' })).status).toBe(404);
  server.on('request', (_request, response) => response.end('mine'));
  expect(await (await ask('/socketcluster.js')).text()).toBe('mine');
});
