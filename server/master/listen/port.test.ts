import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { claimPort, explainListen } from './port.ts';

test('claimPort() finds a number for 0 and leaves it free', async () => {
  const port = await claimPort(0, '127.0.0.1');
  expect(port).toBeGreaterThan(0);
  expect(await claimPort(port, '127.0.0.1')).toBe(port);
});

test('claimPort() says that a port is in use', async () => {
  const blocker = createServer().listen(0);
  await once(blocker, 'listening');
  onTestFinished(() => void blocker.close());
  const { port } = blocker.address() as AddressInfo;
  await expect(claimPort(port, undefined)).rejects.toMatchObject({
    code: 'PORT_IN_USE',
    message: `Cannot listen on port ${port}: another process listens there`,
    cause: { code: 'EADDRINUSE' },
  });
});

test('claimPort() says that an address is not one of this host', async () => {
  // 192.0.2.0/24 is kept for documents: no host has it.
  await expect(claimPort(0, '192.0.2.1')).rejects.toMatchObject({
    code: 'OPTION_INVALID',
    message: 'Cannot listen on port 0 of "192.0.2.1": EADDRNOTAVAIL',
  });
});

test('explainListen() says what to do about a port that only root may use', () => {
  const refusal = Object.assign(new Error('listen EACCES'), { code: 'EACCES' });
  expect(explainListen(refusal, 'admin port 80')).toMatchObject({
    code: 'OPTION_INVALID',
    message: 'Cannot listen on admin port 80: this user may not use it, wanted is one from 1024 on',
  });
});
