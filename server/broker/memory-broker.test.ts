import { expect, test } from 'vitest';
import { brokerContract } from './broker-contract.ts';
import { createMemoryBroker, MemoryHub } from './memory-broker.ts';
import { bytesOf, Inbox } from './testing.ts';

brokerContract('createMemoryBroker()', async () => {
  const hub = new MemoryHub();
  return { hosts: 1, connect: async (deliver) => createMemoryBroker(deliver, hub), end: async () => {} };
});

test('createMemoryBroker() without a hub shares its channels with nobody', async () => {
  const [first, second] = [new Inbox(), new Inbox()];
  const brokers = [createMemoryBroker(first.deliver), createMemoryBroker(second.deliver)] as const;
  await Promise.all(brokers.map((broker) => broker.subscribe('news')));
  await brokers[0].publish('news', bytesOf('one'));
  expect([first.received, second.received]).toEqual([['news:one'], []]);
});

test('createMemoryBroker() takes two brokers with the same function for two subscribers', async () => {
  const hub = new MemoryHub();
  const inbox = new Inbox();
  const first = createMemoryBroker(inbox.deliver, hub);
  const second = createMemoryBroker(inbox.deliver, hub);
  await Promise.all([first.subscribe('news'), second.subscribe('news')]);
  await first.close();
  await second.publish('news', bytesOf('one'));
  expect(inbox.received).toEqual(['news:one']);
});
