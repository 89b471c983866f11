import { join } from 'node:path';
import { expect, test } from 'vitest';
import { connectBrokers } from '../remote-broker.ts';
import { startBrokerServer } from '../server.ts';
import { makeFolder } from '../testing.ts';
import { RemoteStore, type StoreLink } from './remote-store.ts';
import { type Revocation, RevocationTable } from './revocations/index.ts';
import type { TakeNotice } from './store.ts';
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
    connect: async (takeNotice, revocations) => {
      const workerId = brokers.length;
      const broker = connectBrokers({
        paths,
        secret: SECRET,
        workerId,
        deliver: () => {},
        takeNotice,
        revocations,
      });
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
      isUp: true,
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

function makeStore(links: StoreLink[], take: TakeNotice = () => {}, memory = new RevocationTable(() => 0)) {
  return new RemoteStore(links, take, memory);
}

test('RemoteStore asks one broker for all that has the same second key', async () => {
  const { asked, links } = writtenLinks(4);
  const store = makeStore(links);
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
  const store = makeStore(links);
  store.note('hold', 'held');
  store.note('hold', 'left');
  store.note('release', 'left');
  store.note('visit', 'visited');
  store.note('join', 'joined');
  store.note('hold', 'ended');
  store.note('release', 'ended');
  store.take('ended:ended', new Uint8Array(0));
  asked.length = 0;
  void store.rise(0);
  expect(asked).toEqual(['0 hold ["held"]', '0 visit ["left"]', '0 visit ["visited"]', '0 remind [[]]']);
});

test('RemoteStore tells each broker of its own sessions only', () => {
  const { asked, links } = writtenLinks(2);
  const store = makeStore(links);
  const sessions = Array.from({ length: 20 }, (_, index) => `s${index}`);
  for (const session of sessions) store.note('hold', session);
  const before = asked.splice(0);
  void store.rise(0);
  void store.rise(1);
  const ofSessions = asked.filter((line) => !line.includes('remind'));
  expect(ofSessions.toSorted()).toEqual(before.toSorted());
});

test('RemoteStore holds a session anew that ended while its link was away, and says nothing', () => {
  const { asked, links } = writtenLinks(1);
  const notices: string[] = [];
  const store = makeStore(links, (kind, session) => notices.push(`${kind} ${session}`));
  store.note('hold', 's');
  store.take('ended:s', new Uint8Array(0));
  expect([notices, asked.at(-1), asked.length]).toEqual([[], '0 hold ["s"]', 2]);
  store.note('release', 's');
  store.take('ended:s', new Uint8Array(0));
  store.take('told:s', new Uint8Array(0));
  expect(notices).toEqual(['ended s', 'told s']);
});

const revocation = (subject: string): Revocation => ({ subject, issuedUntil: 1, until: 2 });

test('RemoteStore has every broker that is there keep revocations, and reminds one that has come back', async () => {
  const { asked, links } = writtenLinks(3);
  const store = makeStore([links[0]!, { ...links[1]!, isUp: false }, links[2]!]);
  await store.revoke([revocation('a')]);
  const told = '[[{"subject":"a","issuedUntil":1,"until":2}]]';
  expect(asked.splice(0)).toEqual([`0 revoke ${told}`, `2 revoke ${told}`]);
  await store.rise(1);
  expect(asked).toEqual([`1 remind ${told}`]);
});

test('RemoteStore revokes with the help of any broker, and rejects when none took it, but remembers', async () => {
  const { links } = writtenLinks(2);
  const broken = { ...links[0]!, request: () => Promise.reject(new Error('gone')) };
  const memory = new RevocationTable(() => 0);
  await makeStore([broken, links[1]!], undefined, memory).revoke([revocation('a')]);
  await expect(makeStore([broken, broken], undefined, memory).revoke([revocation('b')])).rejects.toThrow(
    'gone',
  );
  expect(memory.list().map(({ subject }) => subject)).toEqual(['a', 'b']);
});

test('RemoteStore takes revocations that a broker tells of', () => {
  const memory = new RevocationTable(() => 0);
  const store = makeStore(writtenLinks(1).links, () => expect.fail('no notice of a session'), memory);
  store.take('revoked:', Buffer.from('[{"subject":"a","issuedUntil":1,"until":2}]'));
  expect(memory.size).toBe(1);
});
