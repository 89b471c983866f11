/** Sessions of a real cluster of 2 workers and 2 brokers, with raw clients that keep a cookie as browsers do. */
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { WORKER_OF_0_9 } from './examples/testing.ts';
import { SocketCluster } from './index.ts';
import { PATIENCE } from './testing.ts';

const SESSION_TIMEOUT_S = 2;

const CONTROLLER = `
module.exports.run = function (worker) {
  const scServer = worker.getSCServer();
  scServer.on('connection', (socket) => {
    socket.on('use', (data, respond) => respond(null, socket.session.id));
    socket.on('set', ([key, value], respond) => socket.session.set(key, value, respond));
    socket.on('get', (key, respond) => socket.session.get(key, respond));
    socket.on('tell', (data, respond) => socket.session.emit('news', data, respond));
    socket.on('share', (data, respond) => socket.global.set('shared', data, respond));
    socket.on('shared', (data, respond) => socket.global.get('shared', respond));
    socket.on('pid', (data, respond) => respond(null, process.pid));
  });
  scServer.addMiddleware(scServer.MIDDLEWARE_HANDSHAKE, function (req, next) {
    if (!req.url.includes('guarded')) return next();
    req.session.get('isUserAuthorized', function (err, value) {
      if (value) {
        next();
      } else {
        next('Session ' + req.session.id + ' was not authorized');
      }
    });
  });
  scServer.on('sessionend', (id) => scServer.global.publish('ended', worker.id + ' ' + id));
  worker.getHTTPServer().on('req', (req, res) => {
    req.session.get('key', (error, value) => res.end(JSON.stringify({ id: req.session.id, value })));
  });
};`;

let folder: string;
let cluster: SocketCluster;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sessions-'));
  const controller = join(folder, 'controller.js');
  await writeFile(controller, CONTROLLER);
  cluster = new SocketCluster({
    port: 0,
    workers: 2,
    brokers: 2,
    workerController: controller,
    sessionTimeout: SESSION_TIMEOUT_S,
  });
  await cluster.start();
});

afterAll(async () => {
  await cluster.stop();
  await rm(folder, { recursive: true });
});

/** One tab of a browser, its handshake done. */
class Tab {
  readonly heard: { event?: string; data?: unknown; rid?: number; error?: unknown }[] = [];
  worker = '';
  /** What the browser keeps: the cookie it came with or was given. */
  cookie: string | undefined;
  readonly #socket: WebSocket;
  #calls = 1;

  private constructor(port: number, cookie: string | undefined) {
    this.cookie = cookie;
    const headers = cookie === undefined ? {} : { cookie };
    this.#socket = new WebSocket(`ws://127.0.0.1:${port}/socketcluster/`, { headers });
    this.#socket.on('upgrade', (response) => {
      this.worker = String(response.headers['sc-worker']);
      this.cookie = response.headers['set-cookie']?.[0]?.split(';')[0] ?? this.cookie;
    });
    this.#socket.on('message', (data: Buffer) => {
      if (data.toString().startsWith('{')) this.heard.push(JSON.parse(data.toString()));
    });
  }

  static async open(cookie?: string, port = cluster.port): Promise<Tab> {
    const tab = new Tab(port, cookie);
    onTestFinished(() => tab.#socket.terminate());
    await once(tab.#socket, 'open');
    tab.#socket.send('{"event":"#handshake","data":{"authToken":null},"cid":1}');
    await tab.#answer(1);
    return tab;
  }

  /** Opens tabs until one is on another worker than this, and closes the rest. */
  async openElsewhere(): Promise<Tab> {
    for (;;) {
      const tab = await Tab.open(this.cookie);
      if (tab.worker !== this.worker) return tab;
      await tab.close();
    }
  }

  async call(event: string, data?: unknown): Promise<unknown> {
    this.#calls += 1;
    this.#socket.send(JSON.stringify({ event, data, cid: this.#calls }));
    const { data: answer, error } = await this.#answer(this.#calls);
    expect(error ?? undefined).toBeUndefined();
    return answer;
  }

  /** What came with events of this name. */
  of(name: string): unknown[] {
    return this.heard.filter(({ event }) => event === name).map(({ data }) => data);
  }

  async close(): Promise<void> {
    this.#socket.close();
    await once(this.#socket, 'close');
  }

  get closed(): Promise<unknown> {
    return once(this.#socket, 'close');
  }

  #answer(cid: number) {
    return vi.waitFor(
      () => {
        const answer = this.heard.find(({ rid }) => rid === cid);
        expect(answer).toBeDefined();
        return answer!;
      },
      { ...PATIENCE, interval: 5 },
    );
  }
}

test('session.emit() reaches every tab of a browser on any worker, used there or not, and no other browser', async () => {
  const one = await Tab.open();
  expect(one.cookie).toMatch(new RegExp(`^n/socketcluster/ssid=[0-9a-f]{32}_${one.worker}$`));
  const two = await one.openElsewhere();
  const stranger = await Tab.open();
  expect([two.cookie, stranger.cookie === one.cookie]).toEqual([one.cookie, false]);
  await one.call('tell', { n: 1 });
  await vi.waitFor(() => expect(two.of('news')).toEqual([{ n: 1 }]), PATIENCE);
  await two.call('tell', { n: 2 });
  await vi.waitFor(() => expect(one.of('news')).toEqual([{ n: 1 }, { n: 2 }]), PATIENCE);
  await stranger.call('use');
  expect(stranger.of('news')).toEqual([]);
});

test('session data set on one worker is there on another, by HTTP too, and survives the end of the worker', async () => {
  const one = await Tab.open();
  const two = await one.openElsewhere();
  await one.call('set', ['key', { deep: [1] }]);
  expect(await two.call('get', ['key', 'deep', 0])).toBe(1);
  const answer = await fetch(`http://127.0.0.1:${cluster.port}/`, { headers: { cookie: one.cookie! } });
  expect([await answer.json(), answer.headers.get('set-cookie')]).toEqual([
    { id: await one.call('use'), value: { deep: [1] } },
    null,
  ]);

  const gone = one.closed;
  const restarted = once(cluster, 'workerStart');
  process.kill(Number(await one.call('pid')), 'SIGKILL');
  await gone;
  expect(await two.call('get', 'key')).toEqual({ deep: [1] });
  await restarted;
  const back = await two.openElsewhere();
  expect(await back.call('get', 'key')).toEqual({ deep: [1] });
});

test('sessionend comes once on each worker that used the session, after the last of its sockets', async () => {
  const witness = await Tab.open();
  await witness.call('#subscribe', 'ended');
  const workersTold = (session: unknown) =>
    witness
      .of('#publish')
      .map((publication) => (publication as { data: string }).data.split(' '))
      .filter(([, id]) => id === session)
      .map(([worker]) => worker)
      .toSorted();
  const one = await Tab.open();
  const two = await one.openElsewhere();
  const id = await one.call('use');
  await two.call('set', ['key', 1]);
  await one.close();
  const short = await Tab.open();
  const shortId = await short.call('use');
  await short.close();
  // The other browser's session ends first, so two's would have, had it been forgotten that two is still there.
  await vi.waitFor(() => expect(workersTold(shortId)).toEqual([short.worker]), PATIENCE);
  expect(workersTold(id)).toEqual([]);
  expect(await two.call('get', 'key')).toBe(1);
  await two.close();
  await vi.waitFor(() => expect(workersTold(id)).toEqual(['0', '1']), PATIENCE);

  const again = await Tab.open(one.cookie);
  expect(await again.call('get', 'key')).toBeUndefined();
  expect(workersTold(id)).toEqual(['0', '1']);
});

test('handshake middleware lets in by what the session of the request holds', async () => {
  const one = await Tab.open();
  const url = `ws://127.0.0.1:${cluster.port}/socketcluster/?guarded`;
  const guarded = () => new WebSocket(url, { headers: { cookie: one.cookie! } });
  const [, refusal] = (await once(guarded(), 'unexpected-response')) as [
    unknown,
    AsyncIterable<Buffer> & { statusCode: number },
  ];
  let reason = '';
  for await (const chunk of refusal) reason += chunk;
  expect([refusal.statusCode, reason]).toEqual([
    401,
    expect.stringContaining(`Session ${await one.call('use')} was not authorized`),
  ]);
  await one.call('set', ['isUserAuthorized', true]);
  const welcome = guarded();
  onTestFinished(() => welcome.terminate());
  await once(welcome, 'open');
});

test('global data set on one worker is there on another', async () => {
  const one = await Tab.open();
  const two = await one.openElsewhere();
  await one.call('share', { a: 1 });
  expect(await two.call('shared')).toEqual({ a: 1 });
});

test('the example application of version 0.9 runs as it was printed', async () => {
  const home = await mkdtemp(join(tmpdir(), 'example-'));
  onTestFinished(() => rm(home, { recursive: true }));
  await mkdir(join(home, 'node_modules/socketcluster-client'), { recursive: true });
  await writeFile(join(home, 'node_modules/socketcluster-client/socketcluster.js'), '// client');
  await writeFile(join(home, 'index.html'), '<p>hello</p>');
  await writeFile(join(home, 'worker.js'), WORKER_OF_0_9);
  const example = new SocketCluster({
    port: 0,
    workers: 3,
    stores: 3,
    appName: 'myapp',
    workerController: join(home, 'worker.js'),
  } as ConstructorParameters<typeof SocketCluster>[0]);
  await example.start();
  onTestFinished(() => example.stop());

  const url = `http://127.0.0.1:${example.port}`;
  const page = await fetch(url);
  expect([await page.text(), page.headers.get('content-type')]).toEqual(['<p>hello</p>', 'text/html']);
  const cookie = page.headers.get('set-cookie')?.split(';')[0];
  expect(cookie).toMatch(/^n\/myapp\/ssid=/);
  expect(await (await fetch(`${url}/socketcluster.js`)).text()).toBe('// client');

  const tabs = await Promise.all([0, 1, 2].map(() => Tab.open(cookie, example.port)));
  const randoms = await vi.waitFor(() => {
    const heard = tabs.map((tab) => [tab.of('greet'), tab.of('rand').slice(0, 2)]);
    expect(heard).toEqual(tabs.map(() => [['hello world'], [expect.any(Number), expect.any(Number)]]));
    return tabs.map((tab) => tab.of('rand'));
  }, PATIENCE);
  // All tabs get the same numbers, in the same order, from whichever worker made them.
  const shortest = Math.min(...randoms.map(({ length }) => length));
  expect(new Set(randoms.map((numbers) => numbers.slice(0, shortest).join())).size).toBe(1);
});
