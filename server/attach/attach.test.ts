import { once } from 'node:events';
import { createServer } from 'node:http';
import { createServer as createHttp2Server } from 'node:http2';
import { type AddressInfo, createServer as createNetServer } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { PATIENCE } from '../testing.ts';
import { type AttachedServer, attach, listen } from './attach.ts';
import { closeAtEnd, startHttpServer } from './testing.ts';

/** A client that has done its handshake. */
class Client {
  readonly #socket: WebSocket;
  readonly #heard: unknown[] = [];
  readonly closed: Promise<number>;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    this.closed = once(socket, 'close').then(([code]) => Number(code));
    socket.on('message', (text: Buffer) => {
      if (String(text).startsWith('{')) this.#heard.push(JSON.parse(String(text)));
    });
  }

  static async connect(port: number, path = '/socketcluster/', cookie = ''): Promise<Client> {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers: { cookie } });
    const client = new Client(socket);
    await once(socket, 'open');
    await client.call('#handshake');
    return client;
  }

  /** Calls the server and resolves with its answer. */
  async call(event: string, data?: unknown): Promise<unknown> {
    this.#socket.send(JSON.stringify({ event, data, cid: 1 }));
    return this.hear((packet) => (packet as { rid?: number }).rid === 1);
  }

  /** Resolves with the first packet, heard already or to come, that is wanted, and forgets it. */
  async hear(isWanted: (packet: unknown) => boolean): Promise<unknown> {
    for (;;) {
      const index = this.#heard.findIndex(isWanted);
      if (index !== -1) return this.#heard.splice(index, 1)[0];
      await once(this.#socket, 'message');
    }
  }
}

test('attach() serves sockets beside the requests of the HTTP server, which outlives it', async () => {
  const httpServer = await startHttpServer(createServer((_request, response) => response.end('page')));
  const scServer = attach(httpServer);
  scServer.on('connection', (socket) => socket.on('add', (data, respond) => respond(null, [data, 1])));
  const client = await Client.connect(scServer.port);
  expect(await client.call('add', 2)).toMatchObject({ data: [2, 1] });
  const page = async (): Promise<string> => (await fetch(`http://127.0.0.1:${scServer.port}/`)).text();
  expect(await page()).toBe('page');
  await scServer.close();
  expect(await client.closed).toBe(1001);
  expect(await page()).toBe('page');
});

test('attach() lets two servers share an HTTP server at paths of their own, and nothing else', async () => {
  const httpServer = await startHttpServer();
  const { port } = httpServer.address() as AddressInfo;
  const one = attach(httpServer, { path: '/one/' });
  const two = closeAtEnd(attach(httpServer, { path: '/two/', authKey: 'two' }));
  const clients = [await Client.connect(port, '/one/'), await Client.connect(port, '/two/')] as const;
  for (const client of clients) await client.call('#subscribe', { channel: 'news' });
  await one.exchange.publish('news', 'of one');
  await two.exchange.publish('news', 'of two');
  const isNews = (packet: unknown): boolean => (packet as { event?: string }).event === '#publish';
  expect(await clients[0].hear(isNews)).toMatchObject({ data: { data: 'of one' } });
  expect(await clients[1].hear(isNews)).toMatchObject({ data: { data: 'of two' } });
  expect([one.clientsCount, two.clientsCount]).toEqual([1, 1]);

  await one.close();
  expect(await clients[0].closed).toBe(1001);
  expect(await clients[1].call('#subscribe', { channel: 'more' })).toMatchObject({ rid: 1 });
  closeAtEnd(attach(httpServer, { path: '/one' }));
  await Client.connect(port, '/one/');
});

test('attach() refuses a path that is taken, and what is no HTTP server', async () => {
  const httpServer = createServer();
  closeAtEnd(attach(httpServer));
  expect(() => attach(httpServer)).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }));
  const application = (() => undefined) as unknown as typeof httpServer;
  expect(() => attach(application)).toThrow(
    'Cannot attach to [Function: application]: wanted is a server of node:http or node:https, such as http.createServer(app)',
  );
});

test('attach() prepares requests of the req event with the session of their browser', async () => {
  const httpServer = await startHttpServer();
  const scServer = closeAtEnd(attach(httpServer, { appName: 'shop' }));
  const seen: string[] = [];
  scServer.on('connection', (socket) => seen.push(socket.session.id));
  httpServer.on('req', (request, response) => response.end(request.session.id));
  const response = await fetch(`http://127.0.0.1:${scServer.port}/`);
  const cookie = String(response.headers.get('set-cookie')?.split(';')[0]);
  await Client.connect(scServer.port, '/socketcluster/', cookie);
  expect(seen).toEqual([await response.text()]);
});

test('listen() takes a port of its own, answers requests 404 and gives the port up with close()', async () => {
  const listening = vi.fn();
  const scServer = listen(0, { host: '127.0.0.1', path: '/rt/' }, listening);
  await vi.waitFor(() => expect(listening).toHaveBeenCalledOnce(), PATIENCE);
  expect(scServer.port).toBe((scServer.httpServer.address() as AddressInfo).port);
  const client = await Client.connect(scServer.port, '/rt/');
  expect((await fetch(`http://127.0.0.1:${scServer.port}/`)).status).toBe(404);
  await scServer.close();
  expect(await client.closed).toBe(1001);
  expect([scServer.httpServer.listening, scServer.port]).toEqual([false, 0]);
});

test('listen() takes a callback without options, and tells of a port in use by its HTTP server', async () => {
  const first = await new Promise<AttachedServer>((resolve) => {
    const server: AttachedServer = closeAtEnd(listen(0, () => resolve(server)));
  });
  const second = listen(first.port);
  onTestFinished(() => second.close());
  const [error] = await once(second.httpServer, 'error');
  expect(error).toMatchObject({ code: 'EADDRINUSE' });
});

test('attach() and listen() refuse wrong arguments by what they are', () => {
  for (const wrong of [createNetServer(), createHttp2Server(), null, undefined]) {
    expect(() => attach(wrong as never)).toThrow(
      /^Cannot attach to .*: wanted is a server of node:http or node:https/,
    );
  }
  expect(() => attach(createServer(), null as never)).toThrow(
    'Cannot take options from null: wanted is an object',
  );
  expect(() => listen(0, null as never)).toThrow('Cannot take options from null: wanted is an object');
  for (const port of [{ port: 0 }, Number.NaN, '8000', -1, 65_536]) {
    expect(() => listen(port as never)).toThrow(
      /^Cannot listen on port .*: wanted is a whole number from 0 to 65535$/,
    );
  }
  expect(() => listen(0, {}, 'done' as never)).toThrow(
    "Cannot call back 'done' when the server listens: wanted is a function",
  );
});
