/**
 * Every published client, from version 2 to 20, against one real cluster of 2 workers and 2 brokers. Called by a test file
 * for each engine; no other file imports it.
 */
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import jsonwebtoken from 'jsonwebtoken';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { SocketCluster } from '../index.ts';
import { type CallbackLibrary, createCallbackClient } from './callback/testing.ts';
import { cases, limits } from './conformance-contract.ts';
import { createStreamClient, type StreamLibrary } from './stream/testing.ts';
import {
  type Guest,
  type Meeting,
  type Settings,
  type StockClient,
  subscribed,
  TokenKeeper,
  until,
} from './testing.ts';

const require = createRequire(import.meta.url);

const callback =
  (library: unknown) =>
  (settings: Settings): StockClient =>
    createCallbackClient(library as CallbackLibrary, settings);
const stream =
  (library: unknown) =>
  (settings: Settings): StockClient =>
    createStreamClient(library as StreamLibrary, settings);

/** How a client of each version is made. */
const versions: Record<string, (settings: Settings) => StockClient> = {
  '2.4.1': callback(require('socketcluster-client-v2')),
  '3.1.1': callback(require('socketcluster-client-v3')),
  '4.3.19': callback(require('socketcluster-client-v4')),
  '5.5.2': callback(require('socketcluster-client-v5')),
  '8.0.2': callback(require('socketcluster-client-v8')),
  '11.2.2': callback(require('socketcluster-client-v11')),
  '13.0.1': callback(require('socketcluster-client-v13')),
  '14.3.2': callback(require('socketcluster-client-v14')),
  '15.1.0': stream(require('socketcluster-client-v15')),
  '16.1.1': stream(require('socketcluster-client-v16')),
  '17.2.2': stream(require('socketcluster-client-v17')),
  '18.3.0': stream(require('socketcluster-client-v18')),
  '19.2.7': stream(require('socketcluster-client-v19')),
  '20.0.2': stream(require('socketcluster-client-v20')),
};

const AUTH_KEY = 'the key of this cluster';
const tokens = {
  good: jsonwebtoken.sign({ username: 'alice' }, AUTH_KEY),
  foreign: jsonwebtoken.sign({ username: 'alice' }, 'the key of another cluster'),
  expired: jsonwebtoken.sign({ username: 'alice', exp: 1_000 }, AUTH_KEY),
};

/** Has them all meet a cluster whose workers use an engine. */
export function publishedClientsContract(wsEngine: 'ws' | 'lean'): void {
  /** What was found, by case and version. */
  const found = new Map<string, Map<string, 'yes' | 'no'>>();
  const footnotes = new Set<string>();

  function note(title: string, version: string, answer: 'yes' | 'no'): void {
    found.set(title, (found.get(title) ?? new Map<string, 'yes' | 'no'>()).set(version, answer));
  }

  /** One line a case, one column a version. */
  function printFound(): void {
    const names = Object.keys(versions);
    const line = (title: string, cells: string[]): string =>
      title.padEnd(70) + cells.map((cell) => cell.padStart(8)).join('');
    const lines = [...found].map(([title, answers]) =>
      line(
        title,
        names.map((name) => answers.get(name) ?? 'FAILED'),
      ),
    );
    console.log(
      [line(`socketcluster-client, wsEngine ${wsEngine}`, names), ...lines, ...[...footnotes].sort()].join(
        '\n',
      ),
    );
  }

  let cluster: SocketCluster;
  /** One client on each worker, in the order of the workers. */
  let witnesses: StockClient[] = [];

  beforeAll(async () => {
    cluster = new SocketCluster({
      port: 0,
      workers: 2,
      brokers: 2,
      workerController: join(import.meta.dirname, 'worker-controller.mjs'),
      authKey: AUTH_KEY,
      pingInterval: 1_000,
      pingTimeout: 5_000,
      logLevel: 1,
      wsEngine,
    });
    await cluster.start();
    // One after the other: two that are dealt out in turn could miss their workers for ever.
    witnesses = [await connectTo(0), await connectTo(1)];
    await Promise.all(witnesses.flatMap((each) => [subscribed(each, 'ended'), subscribed(each, 'heard')]));
  });

  afterAll(async () => {
    for (const witness of witnesses) {
      witness.leave(1000);
    }
    await cluster.stop();
    printFound();
  });

  function makeClient(version: string, settings: Partial<Settings>): StockClient {
    const port = Number(cluster.port);
    return versions[version]!({ port, tokens: new TokenKeeper(null), mayReturn: false, ...settings });
  }

  /** Makes a client and waits for its handshake. */
  async function connect(version: string, settings: Partial<Settings> = {}): Promise<Guest> {
    const tokens = settings.tokens ?? new TokenKeeper(null);
    const client = makeClient(version, { ...settings, tokens });
    await until(() => expect(client.diary.connects).not.toEqual([]));
    const { worker } = (await client.call('where')) as { worker: number };
    return { client, tokens, status: client.diary.connects[0]!, worker };
  }

  /** Connects until the connection is dealt to a worker; those dealt to another make it that one's turn. */
  async function connectTo(
    worker: number,
    version = '20.0.2',
    settings: Partial<Settings> = {},
  ): Promise<StockClient> {
    const guest = await connect(version, settings);
    if (guest.worker === worker) return guest.client;
    const wanted = await connectTo(worker, version, settings);
    guest.client.leave(1000);
    return wanted;
  }

  /** `afterwards` takes what is to be done after the case; tests that run at a time each have their own. */
  function meet(version: string, title: string, afterwards: (task: () => void) => void): Meeting {
    return {
      name: `${version} ${title}`,
      connect: async (keeper) => {
        const guest = await connect(version, keeper === undefined ? {} : { tokens: keeper });
        afterwards(() => guest.client.leave(1000));
        return guest;
      },
      acrossFrom: (guest) => witnesses[1 - guest.worker]!,
      endOf: async ({ status: { id } }) => {
        const ends = (): { id: string; code: number; reason: unknown }[] =>
          witnesses[0]!.diary.heardOn('ended') as never;
        await until(() => expect(ends().map((each) => each.id)).toContain(id));
        return ends().find((each) => each.id === id)!;
      },
      token: (kind) => tokens[kind],
    };
  }

  describe.concurrent.each(Object.keys(versions))('socketcluster-client %s', (version) => {
    const able = Object.keys(cases).filter((title) => limits[version]?.[title] === undefined);

    test.for(able)('%s', async (title, { onTestFinished }) => {
      await cases[title]!(meet(version, title, onTestFinished));
      note(title, version, 'yes');
    });

    test.for(Object.entries(limits[version] ?? {}))(
      'knows no way to this: %s',
      async ([title, { why, failure }], { onTestFinished }) => {
        await expect(cases[title]!(meet(version, title, onTestFinished))).rejects.toThrow(failure);
        note(title, version, 'no');
        footnotes.add(`${version} ${title}: no, ${why}`);
      },
    );
  });

  describe('the upgrade', () => {
    const handshake = '{"event":"#handshake","data":{"authToken":null},"cid":1}';

    test.for([
      ['offers what the JavaScript and Java clients offer', { perMessageDeflate: true }],
      ['sends the origin that Python makes up', { origin: 'http://127.0.0.1:8000' }],
      ['sends the origin of a page in a file', { origin: 'null' }],
      [
        'calls itself a browser, as Java does',
        { headers: { 'User-Agent': 'Chrome', 'Accept-Encoding': 'gzip' } },
      ],
    ] as const)(
      'is answered with no subprotocol, no extension and text to one that %s',
      async ([, options]) => {
        const socket = new WebSocket(`ws://127.0.0.1:${cluster.port}/socketcluster/?a=b%20y`, options);
        await once(socket, 'open');
        socket.send(handshake);
        const [answer, isBinary] = (await once(socket, 'message')) as [Buffer, boolean];
        expect([socket.protocol, socket.extensions, isBinary]).toEqual(['', '', false]);
        expect(JSON.parse(String(answer))).toMatchObject({ rid: 1, data: { isAuthenticated: false } });
        socket.terminate();
      },
    );

    test('is answered with a subprotocol of those offered, or browsers would hang up', async () => {
      const socket = new WebSocket(`ws://127.0.0.1:${cluster.port}/socketcluster/`, ['one', 'two']);
      await once(socket, 'open');
      expect(['one', 'two']).toContain(socket.protocol);
      socket.terminate();
    });
  });

  describe('a client whose handshake is refused', () => {
    const title = 'obeys the code its handshake is refused with';
    const obeys = (version: string): boolean => Number.parseInt(version, 10) >= 11;

    beforeAll(() => Promise.all(witnesses.map((each) => each.call('refuse', 4_600))));
    afterAll(() => Promise.all(witnesses.map((each) => each.call('refuse', null))));

    test.for(Object.keys(versions))('socketcluster-client %s leaves with a code', async (version) => {
      const client = makeClient(version, { mayReturn: false });
      await until(() => expect(client.diary.aborts).toEqual([obeys(version) ? 4_600 : 4_003]));
      expect(client.diary.frames.map((frame) => JSON.parse(frame))).toEqual([
        {
          rid: 1,
          error: { message: 'go away', name: 'MyRefusal', statusCode: 4_600 },
          data: { code: 4_600 },
        },
      ]);
      note(title, version, obeys(version) ? 'yes' : 'no');
      footnotes.add(`before 11 ${title}: no, each refusal is a failed handshake to them, 4003`);
    });
  });

  describe('a client whose worker is killed', () => {
    const title = 'returns, and is subscribed again, when its worker is killed';
    const homeless = new Map<string, StockClient>();

    beforeAll(async () => {
      // The oldest, which no ping keeps here for long, comes last and is asked first.
      for (const version of Object.keys(versions).reverse()) {
        const client = await connectTo(0, version, { mayReturn: true });
        homeless.set(version, client);
        await subscribed(client, 'news');
      }
      const { pid } = (await witnesses[0]!.call('where')) as { pid: number };
      process.kill(pid, 'SIGKILL');
    });

    test.for(Object.keys(versions))(
      'socketcluster-client %s returns and is subscribed again',
      async (version) => {
        const client = homeless.get(version)!;
        const times = (): number => client.diary.subscribed.filter((channel) => channel === 'news').length;
        await until(() => expect(times()).toBe(2));
        expect(client.diary.connects).toHaveLength(2);
        expect(client.diary.ends).toMatchObject([{ code: 1006 }]);
        await witnesses[1]!.publish('news', version);
        await until(() => expect(client.diary.heardOn('news')).toContain(version));
        expect(client.diary.heardOn('news').filter((news) => news === version)).toHaveLength(1);
        note(title, version, 'yes');
        client.leave(1000);
      },
    );
  });
}
