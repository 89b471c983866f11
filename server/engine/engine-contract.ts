/** The tests every engine must pass over a network. Called by the tests of each; no other file imports it. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect as dial, type Socket } from 'node:net';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { type ClientOptions, WebSocket } from 'ws';
import { PATIENCE } from '../testing.ts';
import type { EngineOptions, Wire } from './engine.ts';
import { frameOfBytes, frameOfText } from './frame.ts';
import type { CreateEngine } from './line/testing.ts';

interface Heard {
  messages: (string | Buffer)[];
  closed: { wire: Wire; code: number; reason: string }[];
}

interface Bench extends Heard {
  port: number;
  /** Connects a client and gives both ends. */
  connect(options?: ClientOptions): Promise<{ client: WebSocket; wire: Wire; headers: object }>;
}

const planted = new Error('planted');

/** An HTTP server with the engine on it, ended with the test. */
async function startBench(createEngine: CreateEngine, options: Partial<EngineOptions> = {}): Promise<Bench> {
  const heard: Heard = { messages: [], closed: [] };
  const engine = createEngine(
    { maxPayload: 1_024, perMessageDeflate: false, headers: ['X-Worker: 7'], ...options },
    {
      message(_wire, message) {
        heard.messages.push(message);
        if (message === 'throw') {
          throw planted;
        }
      },
      closed: (wire, code, reason) => heard.closed.push({ wire, code, reason }),
    },
  );
  const opened: Wire[] = [];
  const server = createServer();
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  server.on('upgrade', (request, socket, head) =>
    engine.accept(request, socket, head, (wire) => opened.push(wire), [
      `X-Asked-By: ${request.headers['x-name']}`,
    ]),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) {
      socket.destroy();
    }
    await closed;
  });
  const { port } = server.address() as AddressInfo;
  return {
    ...heard,
    port,
    async connect(clientOptions) {
      const client = new WebSocket(`ws://127.0.0.1:${port}/`, clientOptions);
      client.on('error', () => undefined);
      let headers = {};
      client.on('upgrade', (response) => {
        headers = response.headers;
      });
      await once(client, 'open');
      return { client, wire: opened.shift()!, headers };
    },
  };
}

const nextMessage = async (client: WebSocket): Promise<[string, boolean]> => {
  const [data, isBinary] = (await once(client, 'message')) as [Buffer, boolean];
  return [data.toString(), isBinary];
};

/** Runs the contract over an engine. */
export function engineContract(name: string, createEngine: CreateEngine): void {
  const start = (options?: Partial<EngineOptions>): Promise<Bench> => startBench(createEngine, options);

  describe(name, () => {
    test("gives each answer its own headers besides everyone's", async () => {
      const { connect } = await start();
      const answers = await Promise.all(
        ['ann', 'bob'].map((name) => connect({ headers: { 'x-name': name } })),
      );
      expect(answers.map(({ headers }) => headers)).toMatchObject([
        { 'x-worker': '7', 'x-asked-by': 'ann' },
        { 'x-worker': '7', 'x-asked-by': 'bob' },
      ]);
    });

    test('opens a wire, with its headers in the answer', async () => {
      const { connect } = await start();
      const { wire, headers } = await connect();
      expect(headers).toMatchObject({ 'x-worker': '7' });
      expect(wire).toMatchObject({ isOpen: true, corked: false, owner: undefined, waiting: 0 });
    });

    test('hands over messages with their kind', async () => {
      const { connect, messages } = await start();
      const { client } = await connect();
      client.send('text');
      client.send(Buffer.from([1, 2]));
      await vi.waitFor(() => expect(messages).toHaveLength(2), PATIENCE);
      expect(messages).toEqual(['text', Buffer.from([1, 2])]);
    });

    test('sends frames as text or binary, compressed where the client wants it', async () => {
      const { connect } = await start({ perMessageDeflate: true });
      for (const perMessageDeflate of [false, true]) {
        const { client, wire } = await connect({ perMessageDeflate });
        expect(client.extensions).toBe(perMessageDeflate ? 'permessage-deflate' : '');
        const text = nextMessage(client);
        wire.write(frameOfText('ü'.repeat(700)));
        expect(await text).toEqual(['ü'.repeat(700), false]);
        const bytes = nextMessage(client);
        wire.write(frameOfBytes(Uint8Array.of(1, 2), { isBinary: true }));
        expect(await bytes).toEqual(['\x01\x02', true]);
      }
    });

    test('keeps what is written to a corked wire until it is uncorked', async () => {
      const { connect } = await start();
      const { client, wire } = await connect();
      const first = nextMessage(client);
      wire.cork();
      wire.write(frameOfText('one'));
      expect(wire.waiting).toBe(5);
      wire.uncork();
      expect(await first).toEqual(['one', false]);
    });

    test('onceDrained() calls back when what waits has gone out, be it much or little', async () => {
      const { connect } = await start({ perMessageDeflate: true });
      for (const perMessageDeflate of [false, true]) {
        for (const length of [10, 2_000, 4_000_000]) {
          const { client, wire } = await connect({ perMessageDeflate, maxPayload: 10_000_000 });
          const received = once(client, 'message');
          wire.write(frameOfText('x'.repeat(length)));
          await new Promise<void>((resolve) => wire.onceDrained(resolve));
          expect(wire.waiting).toBe(0);
          expect(String((await received)[0])).toHaveLength(length);
        }
      }
    });

    test('tells the end of a wire once, with code and reason of the client', async () => {
      const { connect, closed } = await start();
      const { client, wire } = await connect();
      client.close(4321, 'bye');
      await vi.waitFor(() => expect(closed).toEqual([{ wire, code: 4321, reason: 'bye' }]), PATIENCE);
      expect(wire.isOpen).toBe(false);
    });

    test('tells 1006 when no close frame came', async () => {
      const { connect, closed } = await start();
      const { client } = await connect();
      client.terminate();
      await vi.waitFor(() => expect(closed).toMatchObject([{ code: 1006, reason: '' }]), PATIENCE);
    });

    test('close() closes from this side, terminate() drops at once', async () => {
      const { connect } = await start();
      const { client, wire } = await connect();
      const polite = once(client, 'close');
      wire.close(4100, 'Client reads too slowly');
      expect(wire.isOpen).toBe(false);
      expect((await polite).map(String)).toEqual(['4100', 'Client reads too slowly']);
      const other = await connect();
      const abrupt = once(other.client, 'close');
      other.wire.terminate();
      expect((await abrupt)[0]).toBe(1006);
    });

    test('closes a wire with 1009 when a message is too long', async () => {
      const { connect, messages } = await start();
      const { client } = await connect();
      client.send('x'.repeat(1_025));
      expect((await once(client, 'close'))[0]).toBe(1009);
      expect(messages).toEqual([]);
    });

    test('goes on reading a wire whose handler threw, and the error is one that nobody catches', async () => {
      const { connect, messages } = await start();
      const { client } = await connect();
      const thrown = new Promise((resolve) => {
        process.once('uncaughtException', resolve);
      });
      client.send('throw');
      expect(await thrown).toBe(planted);
      client.send('next');
      await vi.waitFor(() => expect(messages).toEqual(['throw', 'next']), PATIENCE);
    });

    test('accept() opens nothing for an upgrade that is no WebSocket', async () => {
      const { port, closed } = await start();
      const socket = dial(port, '127.0.0.1');
      socket.write('GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
      expect(String((await once(socket, 'data'))[0])).toMatch(/^HTTP\/1\.1 400 /);
      await once(socket, 'close');
      expect(closed).toEqual([]);
    });
  });
}
