/** The tests every Store must pass. Called by the tests of each implementation; no other file imports it. */
import { expect, onTestFinished, test, vi } from 'vitest';
import { type RevocationMemory, RevocationTable } from './revocations/index.ts';
import type { Store, TakeNotice } from './store.ts';

/** One set of stores that share their data. */
export interface StoreCluster {
  /** Makes one more worker's store. */
  connect(take: TakeNotice, memory: RevocationMemory): Promise<Store>;
  /** Has sessions that nobody holds reach their time. */
  letTimePass(): void;
  end(): Promise<void>;
}

/** Milliseconds a session lives without holder in the clusters under test. */
export const SESSION_TIMEOUT_MS = 40;

const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString();
const bytesOf = (text: string) => new TextEncoder().encode(text);

interface Worker {
  store: Store;
  notices: string[];
  revoked: RevocationTable;
}

/** Runs the contract over clusters that `start` makes, one for each test. */
export function storeContract(name: string, start: () => Promise<StoreCluster>): void {
  async function workers(count: number) {
    const cluster = await start();
    onTestFinished(() => cluster.end());
    const made: Worker[] = [];
    for (let index = 0; index < count; index += 1) {
      made.push(await addWorker(cluster));
    }
    return { cluster, made };
  }

  async function addWorker(cluster: StoreCluster): Promise<Worker> {
    const notices: string[] = [];
    const revoked = new RevocationTable(() => 0);
    const store = await cluster.connect((kind, session, message) => {
      notices.push([kind, session, ...(message.length > 0 ? [textOf(message)] : [])].join(' '));
    }, revoked);
    // A worker hears of notices from its first answer on.
    await Promise.all(Array.from({ length: 20 }, (_, place) => store.run('get', ['global', String(place)])));
    return { store, notices, revoked };
  }

  test(`${name} shows one worker what another has set, under any name`, async () => {
    const [a, b] = (await workers(2)).made;
    for (const key of ['name', '__proto__', 'constructor', '', 'täglich 🗞️']) {
      await a!.store.run('set', ['global', key, '__proto__'], { [key]: [1, null, 'x'] });
      expect(await b!.store.run('get', ['global', key, '__proto__', key, '2'])).toBe('x');
    }
    expect(await b!.store.run('get', ['global', 'none'])).toBeUndefined();
  });

  test(`${name} keeps what it was given, whatever becomes of it`, async () => {
    const [a] = (await workers(1)).made;
    const value = { list: [1] };
    const done = a!.store.run('set', ['global', 'a'], value);
    value.list.push(2);
    await done;
    ((await a!.store.run('get', ['global', 'a', 'list'])) as number[]).push(3);
    expect(await a!.store.run('get', ['global', 'a'])).toEqual({ list: [1] });
  });

  test(`${name} carries out the operations of one key in the order they were asked for`, async () => {
    const [a] = (await workers(1)).made;
    const items = Array.from({ length: 50 }, (_, item) => item);
    const done = items.map((item) => a!.store.run('add', ['global', 'list'], item));
    const got = a!.store.run('get', ['global', 'list']);
    await Promise.all(done);
    expect(await got).toEqual(items);
  });

  test(`${name} gives, counts and removes a whole space, wherever its parts are`, async () => {
    const [a, b] = (await workers(2)).made;
    const keys = Array.from({ length: 20 }, (_, index) => `key ${index}`);
    await Promise.all(keys.map((key, index) => a!.store.run('set', ['global', key], index)));
    expect(await b!.store.run('count', ['global'])).toBe(20);
    expect(await b!.store.run('get', ['global'])).toEqual(Object.fromEntries(keys.map((key, i) => [key, i])));
    await b!.store.run('remove', ['global']);
    expect(await a!.store.run('get', ['global'])).toBeUndefined();
    expect(await a!.store.run('count', ['global'])).toBe(0);
  });

  test(`${name} rejects what makes no sense with the error that says so`, async () => {
    const { store } = (await workers(1)).made[0]!;
    await store.run('set', ['global', 'list'], [1]);
    await expect(store.run('concat', ['global', 'list'], 7)).rejects.toThrow(TypeError);
    await expect(store.run('set', ['global', 'list', '9'], 1)).rejects.toThrow(RangeError);
    await expect(store.run('set', ['global'], 1)).rejects.toThrow('Cannot take "set" for all of "global"');
    expect(await store.run('get', ['global', 'list'])).toEqual([1]);
  });

  test(`${name} rejects what goes beyond its limit`, async () => {
    const { store } = (await workers(1)).made[0]!;
    const many = Array.from({ length: 1_000_000 }, () => 0);
    await expect(store.run('set', ['global', 'a'], many)).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' });
  });

  test(`${name} tells every worker in one order, the teller before its promise resolves`, async () => {
    const { made } = await workers(3);
    const [a, b, c] = made;
    const told = Array.from({ length: 30 }, (_, round) =>
      [a!, b!].map(({ store }, worker) => store.tell('s', bytesOf(`${worker}-${round}`))),
    ).flat();
    await Promise.all(told);
    expect(a!.notices.filter((notice) => notice.startsWith('told s 0-'))).toHaveLength(30);
    await vi.waitFor(() => expect(c!.notices).toHaveLength(60));
    await vi.waitFor(() => expect(b!.notices).toHaveLength(60));
    expect(a!.notices).toEqual(c!.notices);
    expect(b!.notices).toEqual(c!.notices);
  });

  test(`${name} tells all workers once that a session is known and once that it has ended`, async () => {
    const { cluster, made } = await workers(2);
    const [a, b] = made;
    a!.store.note('hold', 's');
    await vi.waitFor(() => expect(made.map(({ notices }) => notices)).toEqual([['known s'], ['known s']]));
    b!.store.note('join', 's');
    a!.store.note('release', 's');
    await b!.store.run('set', ['session', 's', 'a'], 1);
    cluster.letTimePass();
    expect(await a!.store.run('get', ['session', 's', 'a'])).toBe(1);
    b!.store.note('release', 's');
    await b!.store.run('get', ['global', 'a']);
    await vi.waitFor(() => {
      cluster.letTimePass();
      expect(made.map(({ notices }) => notices)).toEqual([
        ['known s', 'ended s'],
        ['known s', 'ended s'],
      ]);
    });
    expect(await a!.store.run('get', ['session', 's'])).toBeUndefined();
  });

  test(`${name} has every worker take revocations before it resolves, and those that come later too`, async () => {
    const { cluster, made } = await workers(3);
    const [a, b, c] = made;
    const until = Math.ceil(Date.now() / 1_000) + 60;
    const revocations = ['a', '__proto__'].map((subject) => ({ subject, issuedUntil: 1.5, until }));
    await a!.store.revoke(revocations);
    expect(made.map(({ revoked }) => revoked.list())).toEqual([revocations, revocations, revocations]);
    await b!.store.revoke([{ ...revocations[0]!, issuedUntil: 2.5 }]);
    expect(c!.revoked.get('a')).toMatchObject({ issuedUntil: 2.5, until });
    const later = await addWorker(cluster);
    expect(later.revoked.list()).toEqual(c!.revoked.list());
    expect(made.flatMap(({ notices }) => notices)).toEqual([]);
  });

  test(`${name} takes more revocations than fit into one frame`, async () => {
    const { cluster, made } = await workers(1);
    const until = Math.ceil(Date.now() / 1_000) + 60;
    const subjects = Array.from({ length: 2_500 }, (_, index) => `subject ${index}`);
    await Promise.all(subjects.map((subject) => made[0]!.store.revoke([{ subject, issuedUntil: 1, until }])));
    expect((await addWorker(cluster)).revoked.size).toBe(2_500);
  });

  test(`${name} makes no session of one that is only joined`, async () => {
    const [a] = (await workers(1)).made;
    a!.store.note('join', 's');
    a!.store.note('release', 's');
    a!.store.note('visit', 's');
    await vi.waitFor(() => expect(a!.notices).toEqual(['known s']));
  });
}
