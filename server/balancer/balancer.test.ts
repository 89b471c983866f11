import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { PATIENCE, testOptions } from '../testing.ts';
import { Balancer, type BalancerStart } from './balancer.ts';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function startBalancer(
  start: Partial<BalancerStart> = {},
): Promise<{ balancer: Balancer; dial: () => Promise<Socket>; worker: () => number | undefined }> {
  const port = await freePort();
  const handOver = vi.fn<(message: { type: string; [field: string]: unknown }) => void>();
  const options = testOptions({ balancers: 1, workers: 2, port, host: '127.0.0.1' });
  const running = [{ id: 0, connections: 0, isFull: false }];
  const balancer = new Balancer(
    { id: 0, options, workerPaths: [], maxConnections: 2, running, ...start },
    {
      tell: () => undefined,
      handOver: (message, _connection, settled) => {
        handOver(message);
        settled();
      },
    },
  );
  onTestFinished(() => balancer.stop(10));
  await balancer.start();
  const dial = async (): Promise<Socket> => {
    const client = connect(port, '127.0.0.1');
    onTestFinished(() => {
      client.destroy();
    });
    await once(client, 'connect');
    return client;
  };
  return { balancer, dial, worker: () => handOver.mock.lastCall?.[0]['worker'] as number | undefined };
}

const REQUEST = 'GET / HTTP/1.1\r\nHost: x\r\n\r\n';

test('Balancer deals by the latest word of the master', async () => {
  const { balancer, dial, worker } = await startBalancer();
  const ask = async (): Promise<number | undefined> => {
    const client = await dial();
    client.write(REQUEST);
    await once(client.resume(), 'close');
    return worker();
  };
  expect(await ask()).toBe(0);
  balancer.update({ running: [{ id: 1, connections: 0, isFull: false }] });
  expect(await ask()).toBe(1);
  expect(balancer.figures()).toMatchObject({ accepted: 2, connections: 0, messagesIn: 0 });
});

test('Balancer holds no more connections at a time than it may', async () => {
  const { balancer, dial } = await startBalancer();
  await dial();
  await dial();
  await vi.waitFor(() => expect(balancer.figures().connections).toBe(2), PATIENCE);
  await once((await dial()).resume(), 'close');
  expect(balancer.figures()).toMatchObject({ connections: 2, counters: { overLimit: 1 } });
});

test('Balancer takes nobody in once its port is closed, and stop() ends who has not said what he wants', async () => {
  const { balancer, dial } = await startBalancer();
  const waiting = await dial();
  await vi.waitFor(() => expect(balancer.figures().connections).toBe(1), PATIENCE);
  balancer.closePort();
  await expect(dial()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  const ended = once(waiting.resume(), 'close');
  await balancer.stop(60_000);
  await ended;
});
