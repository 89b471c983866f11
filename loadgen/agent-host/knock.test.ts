import { type AddressInfo, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { knock } from './knock.ts';

test('knock() tells whether somebody listens there', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  expect(await knock({ host: '127.0.0.1', port })).toBeUndefined();
  await new Promise((resolve) => server.close(resolve));
  expect(await knock({ host: '127.0.0.1', port })).toBe('ECONNREFUSED');
});

test('knock() does not wait for ever', async () => {
  // An address for documentation: nobody is there.
  expect(await knock({ host: '192.0.2.1', port: 9 }, 50)).toMatch(/^no answer within 0\.05 s$|^E/);
});
