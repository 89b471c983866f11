import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { type Controlled, obey } from './control.ts';

async function scene(controlled: Partial<Controlled> = {}): Promise<string> {
  const httpServer = createServer();
  const nothing = (): void => {};
  const count = () => ({ sockets: 2, authenticated: 1 });
  obey({ httpServer, count, echo: nothing, channels: nothing, ...controlled });
  await new Promise<void>((resolve) => httpServer.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    httpServer.close();
  });
  return `http://127.0.0.1:${(httpServer.address() as AddressInfo).port}`;
}

async function get(url: string): Promise<{ status: number; counts: unknown }> {
  const response = await fetch(url, { headers: { connection: 'close' } });
  return { status: response.status, counts: await response.json() };
}

test('obey() answers each command with the counts, and others with 404', async () => {
  let echoes = 0;
  let channels = 0;
  const url = await scene({
    echo: () => {
      echoes += 1;
    },
    channels: () => {
      channels += 1;
    },
  });
  const counts = { sockets: 2, authenticated: 1 };
  expect(await get(`${url}/measured/count`)).toEqual({ status: 200, counts });
  expect(echoes).toBe(0);
  expect(await get(`${url}/measured/echo`)).toEqual({ status: 200, counts });
  expect(await get(`${url}/measured/channels`)).toEqual({ status: 200, counts });
  expect([echoes, channels]).toEqual([1, 1]);
  expect((await get(`${url}/measured/other`)).status).toBe(404);
});

test('obey() collects what nobody holds any more', async () => {
  const url = await scene();
  const gone = new WeakRef({ held: 'by nobody' });
  await get(`${url}/measured/count`);
  await get(`${url}/measured/collect`);
  expect(gone.deref()).toBeUndefined();
});
