import { expect, test, vi } from 'vitest';
import { Client, fakeBroker, makeServer, settled } from '../testing.ts';

const publication = (n: number): object => ({ event: '#publish', data: { channel: 'c', data: n } });

async function subscribe(client: Client, data: object): Promise<void> {
  client.say({ event: '#subscribe', data: { channel: 'c', ...data }, cid: 7 });
  await settled();
  expect(client.hear()).toEqual([{ rid: 7 }]);
}

test('a client that asks for it gets publications in one array, others one by one', async () => {
  const server = makeServer({ pubSubBatchDuration: 20 });
  const [asking, other] = [new Client(server).open(), new Client(server).open()];
  await subscribe(asking, { batch: true });
  await subscribe(other, {});
  await server.exchange.publish('c', 1);
  await server.exchange.publish('c', 2);
  expect(other.hear()).toEqual([publication(1), publication(2)]);
  expect(asking.wire.texts).toEqual([]);
  await vi.waitFor(() => expect(asking.wire.texts).toHaveLength(1));
  expect(JSON.parse(asking.wire.texts[0]!)).toEqual([publication(1), publication(2)]);
});

test('nobody gets an array while pubSubBatchDuration is not set', async () => {
  const server = makeServer();
  const client = new Client(server).open();
  await subscribe(client, { batch: true });
  await server.exchange.publish('c', 1);
  expect(client.hear()).toEqual([publication(1)]);
});

test('what was collected leaves before the answer to #unsubscribe, and nothing after it', async () => {
  const server = makeServer({ pubSubBatchDuration: 10_000 });
  const client = new Client(server).open();
  await subscribe(client, { batch: true });
  await server.exchange.publish('c', 1);
  client.say({ event: '#unsubscribe', data: 'c', cid: 8 });
  expect(client.hear()).toEqual([publication(1), { rid: 8 }]);
  await server.exchange.publish('c', 2);
  expect(client.hear()).toEqual([]);
  await subscribe(client, {});
  await server.exchange.publish('c', 3);
  expect(client.hear()).toEqual([publication(3)]);
});

test('middleware on the way out is told of the socket, and its copies are collected too', async () => {
  const server = makeServer({ pubSubBatchDuration: 10_000 });
  const client = new Client(server).open();
  await subscribe(client, { batch: true });
  const sockets: unknown[] = [];
  server.addMiddleware(
    server.MIDDLEWARE_PUBLISH_OUT,
    (request: { socket: unknown; data: unknown }, next: () => void) => {
      sockets.push(request.socket);
      request.data = 'changed';
      next();
    },
  );
  await server.exchange.publish('c', 1);
  expect(sockets).toEqual([client.socket]);
  expect(client.hear()).toEqual([]);
  client.say({ event: '#unsubscribe', data: 'c' });
  expect(client.hear()).toEqual([{ event: '#publish', data: { channel: 'c', data: 'changed' } }]);
});

test('join() that no broker took note of leaves the socket without the channel', async () => {
  const server = makeServer(
    { pubSubBatchDuration: 20 },
    fakeBroker({ subscribe: async () => Promise.reject(new Error('away')) }),
  );
  const client = new Client(server).open();
  client.say({ event: '#subscribe', data: { channel: 'c', batch: true }, cid: 7 });
  await settled();
  expect(client.hear()).toEqual([{ rid: 7, error: expect.objectContaining({ name: 'BrokerError' }) }]);
  expect(client.socket.subscriptions()).toEqual([]);
});
