import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { execute } from './execute.ts';

const request = { scenario: 'nosuch', overrides: {}, command: 'none' };

async function freePort(): Promise<number> {
  const server = await listen(0);
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

async function listen(port: number): Promise<Server> {
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

test('execute() gives the port of its page back when the run cannot begin', async () => {
  const live = await freePort();
  await expect(execute(request, { live, quiet: true })).rejects.toMatchObject({ code: 'SCENARIO_UNKNOWN' });
  const server = await listen(live);
  onTestFinished(() => void server.close());
  await expect(execute(request, { live, quiet: true })).rejects.toMatchObject({ code: 'PORT_IN_USE' });
});
