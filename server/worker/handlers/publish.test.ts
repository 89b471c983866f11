import { expect, test } from 'vitest';
import { Client, makeServer, settled } from '../testing.ts';

test('#publish reaches every subscriber once, the publisher before its answer', async () => {
  const server = makeServer();
  const [one, two] = [new Client(server).open(), new Client(server).open()];
  one.say({ event: '#subscribe', data: { channel: 'foo' }, cid: 2 });
  one.say({ event: '#subscribe', data: { channel: 'foo' }, cid: 3 });
  two.say({ event: '#subscribe', data: 'foo', cid: 2 });
  await settled();
  one.hear();
  two.hear();
  one.say({ event: '#publish', data: { channel: 'foo', data: { n: 1 } }, cid: 4 });
  await settled();
  const copy = { event: '#publish', data: { channel: 'foo', data: { n: 1 } } };
  expect(one.hear()).toEqual([copy, { rid: 4 }]);
  expect(two.hear()).toEqual([copy]);
});

test('#publish without data, without a subscription and without cid is delivered as it came', async () => {
  const server = makeServer();
  const [one, two] = [new Client(server).open(), new Client(server).open()];
  two.say({ event: '#subscribe', data: 'foo', cid: 2 });
  await settled();
  two.hear();
  one.say({ event: '#publish', data: { channel: 'foo' } });
  await settled();
  expect(one.hear()).toEqual([]);
  expect(two.hear()).toEqual([{ event: '#publish', data: { channel: 'foo' } }]);
});

test('#publish is refused without a name and where clients may not publish', async () => {
  const server = makeServer();
  const client = new Client(server).open();
  client.say({ event: '#publish', data: { data: 1 }, cid: 2 });
  client.say({ event: '#publish', data: 'foo', cid: 3 });
  client.say({ event: '#publish', data: { channel: 'x'.repeat(16_385) }, cid: 4 });
  await settled();
  expect(client.hear()).toMatchObject([
    { rid: 2, error: { name: 'InvalidActionError' } },
    { rid: 3, error: { name: 'InvalidActionError' } },
    { rid: 4, error: { message: 'Channel name is longer than 16384 characters' } },
  ]);
  const other = new Client(makeServer({ allowClientPublish: false })).open();
  other.say({ event: '#publish', data: { channel: 'foo' }, cid: 2 });
  await settled();
  expect(other.hear()).toMatchObject([{ rid: 2, error: { message: 'Client publish feature is disabled' } }]);
});
