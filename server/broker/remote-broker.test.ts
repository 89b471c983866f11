import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { brokerContract } from './broker-contract.ts';
import { connectBrokers } from './remote-broker.ts';
import { startBrokerServer } from './server.ts';
import { RevocationTable } from './store/index.ts';
import { bytesOf, Inbox, makeFolder } from './testing.ts';

const SECRET = 'test secret';

async function startServers(count: number) {
  const folder = await makeFolder();
  const paths = Array.from({ length: count }, (_, id) => join(folder, `${id}.sock`));
  const servers = await Promise.all(paths.map((path) => startBrokerServer({ path, secret: SECRET })));
  return { paths, servers };
}

brokerContract('connectBrokers()', async () => {
  const { paths, servers } = await startServers(2);
  let workerId = 0;
  return {
    hosts: 1,
    connect: async (deliver) => connectBrokers({ paths, secret: SECRET, workerId: workerId++, deliver }),
    end: async () => {
      await Promise.all(servers.map((server) => server.close()));
    },
  };
});

test('connectBrokers() spreads channels over its brokers and tells when each is up', async () => {
  const { paths, servers } = await startServers(3);
  const inbox = new Inbox();
  const up = new Set<number>();
  const broker = connectBrokers({
    paths,
    secret: SECRET,
    workerId: 0,
    deliver: inbox.deliver,
    onState: (id) => up.add(id),
  });
  const channels = Array.from({ length: 60 }, (_, index) => `room/${index}`);
  await Promise.all(channels.map((channel) => broker.subscribe(channel)));
  await Promise.all(channels.map((channel) => broker.publish(channel, bytesOf('one'))));
  expect(new Set(inbox.received)).toEqual(new Set(channels.map((channel) => `${channel}:one`)));
  const shares = servers.map((server) => server.figures().messagesIn);
  expect(Math.min(...shares)).toBeGreaterThan(5);
  expect(shares.reduce((sum, share) => sum + share)).toBe(60);
  expect(up).toEqual(new Set([0, 1, 2]));
  await broker.close();
  await Promise.all(servers.map((server) => server.close()));
});

test('connectBrokers() refuses an empty list of paths', () => {
  expect(() => connectBrokers({ paths: [], secret: '', workerId: 0, deliver: () => {} })).toThrow(
    'Cannot connect to brokers as "paths" is empty: wanted one path or more',
  );
});

test('connectBrokers() has caught up when each broker has told what is revoked, or is away', async () => {
  const { paths, servers } = await startServers(2);
  const connectWorker = (workerId: number, places: string[]) => {
    const revocations = new RevocationTable(() => 0);
    const options = { paths: places, secret: SECRET, workerId, deliver: () => {}, revocations };
    const broker = connectBrokers(options);
    onTestFinished(() => broker.close());
    return { broker, revocations };
  };
  const first = connectWorker(0, paths);
  await first.broker.caughtUp;
  await first.broker.store.revoke([{ subject: 'a', issuedUntil: 1, until: Number.MAX_SAFE_INTEGER }]);
  await servers[0]!.close();
  const second = connectWorker(1, paths);
  await second.broker.caughtUp;
  expect(second.revocations.size).toBe(1);
  await connectWorker(2, [paths[0]!]).broker.caughtUp;
  await servers[1]!.close();
});
