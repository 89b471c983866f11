import jwt from 'jsonwebtoken';
import { afterEach, expect, test, vi } from 'vitest';
import { FACT, startTarget, type TargetOptions, type TestTarget } from '../../drivers/testing.ts';
import { Clients, type ClientsOptions } from './clients.ts';

const PATH = '/socketcluster/';
const opened: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

async function scene(
  target: TargetOptions,
  options: Partial<ClientsOptions> = {},
): Promise<{ target: TestTarget; clients: Clients }> {
  const started = await startTarget(target);
  const whom = { count: 20, port: started.port, path: PATH, perSecond: 10_000 };
  const clients = await Clients.create({ ...whom, ...options });
  opened.push(
    () => started.close(),
    () => clients.close(),
  );
  return { target: started, clients };
}

test('Clients connects all, with the tokens in turn', async () => {
  const { target, clients } = await scene({}, { tokens: { key: 'secret', claims: { a: 1 }, distinct: 4 } });
  await clients.connect();
  expect(target.sockets.size).toBe(20);
  const tokens = target.packets.map(({ data }) => (data as { authToken: string }).authToken);
  const users = tokens.map((token) => jwt.verify(token, 'secret', { algorithms: ['HS256'] }));
  expect(users.map((user) => (user as { user: number }).user).sort()).toEqual(
    [0, 1, 2, 3].flatMap((user) => [user, user, user, user, user]),
  );
});

test('Clients pings in turn, at the rate that was asked for', async () => {
  const { target, clients } = await scene({});
  await clients.connect();
  const start = performance.now();
  expect(await clients.ping(60, 500)).toBe(60);
  expect(performance.now() - start).toBeGreaterThan(100);
  expect(target.packets.filter(({ event }) => event === 'ping')).toHaveLength(60);
});

test('Clients does not measure on when a connection is refused or lost', async () => {
  const refused = await scene({ status: 503 });
  await expect(refused.clients.connect()).rejects.toThrow('Cannot have all 20 clients opened: http-503');
  const lost = await scene({
    onPacket: (socket, { event }) => {
      if (event === 'ping') socket.terminate();
      return event === 'ping';
    },
  });
  await lost.clients.connect();
  await expect(lost.clients.ping(20, 10_000)).rejects.toThrow(/^Cannot have all 20 clients answered: /);
});

test('Clients has one publish to those that subscribed, and hears of each delivery', async () => {
  const { target, clients } = await scene({}, { count: 4, talk: { kind: 'publications', payloadBytes: 10 } });
  const heard: number[] = [];
  clients.onCame = (client) => heard.push(client);
  await clients.connect();
  await clients.subscribe(3);
  clients.publish(3, 7);
  await clients.until(() => clients.came === 3, 'served');
  expect(heard.sort()).toEqual([0, 1, 2]);
  const published = target.packets.find(({ event }) => event === '#publish');
  expect(published?.data).toMatchObject({
    channel: 'bench/0',
    data: { p: 0, n: 7, t: 1e9, f: 'f'.repeat(10) },
  });
});

test('Clients may lose one that does not read, and knows why', async () => {
  const { target, clients } = await scene({}, { count: 2 });
  await clients.connect();
  clients.setReading(1, false);
  const [, second] = [...target.sockets];
  second?.close(4100);
  clients.setReading(1, true);
  await clients.until(() => clients.ended.has(1), 'at an end');
  expect(clients.ended.get(1)).toBe('close-4100');
  expect(await clients.ping(1, 1_000)).toBe(1);
  await vi.waitFor(() => expect(target.closeCodes).toHaveLength(1), FACT);
});
