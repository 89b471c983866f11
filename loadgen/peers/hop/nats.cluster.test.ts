import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { startNats } from './nats.ts';

test('startNats() gives a server that talks to whoever connects, until it is stopped', async () => {
  const nats = await startNats();
  const [host, port] = nats.server.split(':');
  const socket = connect(Number(port), host);
  const [greeting] = await once(socket, 'data');
  expect(String(greeting)).toMatch(/^INFO \{/);
  socket.destroy();
  await nats.stop();
  expect(() => process.kill(nats.pid, 0)).toThrow('ESRCH');
});
