import { join } from 'node:path';
import { expect, test } from 'vitest';
import { connectBrokers } from '../remote-broker.ts';
import { startBrokerServer } from '../server.ts';
import { makeFolder } from '../testing.ts';
import { RemoteStore, type StoreLink } from './remote-store.ts';
import { SESSION_TIMEOUT_MS, storeContract } from './store-contract.ts';

const SECRET = 'test secret';

storeContract('RemoteStore over two brokers', async () => {
  const folder = await makeFolder();
  const paths = [join(folder, '0.sock'), join(folder, '1.sock')];
  const servers = await Promise.all(
    paths.map((path) => startBrokerServer({ path, secret: SECRET, sessionTimeoutMs: SESSION_TIMEOUT_MS })),
  );
  const brokers: ReturnType<typeof connectBrokers>[] = [];
  return {
    connect: async (takeNotice) => {
      const workerId = brokers.length;
      const broker = connectBrokers({ paths, secret: SECRET, workerId, deliver: () => {}, takeNotice });
      brokers.push(broker);
      return broker.store;
    },
    letTimePass: () => {}, // it does
    end: async () => {
      await Promise.all(brokers.map((broker) => broker.close()));
      await Promise.all(servers.map((server) => server.close()));
    },
  };
});

/** Links that write down what they are asked for. */
function writtenLinks(count: number) {
  const asked: string[] = [];
  const links = Array.from({ length: count }, (_, id): StoreLink => {
    const note = (operation: string, payload: Uint8Array) => {
      asked.push(`${id} ${operation} ${Buffer.from(payload)}`);
    };
    return {
      tell: note,
      request: async (operation, payload) => {
        note(operation, payload);
        return '{}';
      },
      notify: async (topic, payload) => note(topic, payload),
    };
  });
  return { asked, links };
}

test('RemoteStore asks one broker for all that has the same second key', async () => {
  const { asked, links } = writtenLinks(4);
  const store = new RemoteStore(links, () => {});
  store.note('hold', 's');
  await store.run('get', ['session', 's', 'a']);
  await store.tell('s', new Uint8Array(0));
  expect(new Set(asked.map((line) => line[0])).size).toBe(1);
  const places = Array.from({ length: 40 }, (_, index) => store.run('get', ['global', `key ${index}`]));
  await Promise.all(places);
  expect(new Set(asked.map((line) => line[0])).size).toBe(4);
});

test('RemoteStore tells a broker that has come back of the sessions it must know, and of no other', () => {
  const { asked, links } = writtenLinks(1);
  const store = new RemoteStore(links, () => {});
  store.note('hold', 'held');
  store.note('hold', 'left');
  store.note('release', 'left');
  store.note('visit', 'visited');
  store.note('join', 'joined');
  store.note('hold', 'ended');
  store.note('release', 'ended');
  store.take('ended:ended', new Uint8Array(0));
  asked.length = 0;
  store.rise(0);
  expect(asked).toEqual(['0 hold ["held"]', '0 visit ["left"]', '0 visit ["visited"]']);
});

test('RemoteStore tells each broker of its own sessions only', () => {
  const { asked, links } = writtenLinks(2);
  const store = new RemoteStore(links, () => {});
  const sessions = Array.from({ length: 20 }, (_, index) => `s${index}`);
  for (const session of sessions) store.note('hold', session);
  const before = asked.splice(0);
  store.rise(0);
  store.rise(1);
  expect(asked.toSorted()).toEqual(before.toSorted());
});

test('RemoteStore holds a session anew that ended while its link was away, and says nothing', () => {
  const { asked, links } = writtenLinks(1);
  const notices: string[] = [];
  const store = new RemoteStore(links, (kind, session) => notices.push(`${kind} ${session}`));
  store.note('hold', 's');
  store.take('ended:s', new Uint8Array(0));
  expect([notices, asked.at(-1), asked.length]).toEqual([[], '0 hold ["s"]', 2]);
  store.note('release', 's');
  store.take('ended:s', new Uint8Array(0));
  store.take('told:s', new Uint8Array(0));
  expect(notices).toEqual(['ended s', 'told s']);
});
