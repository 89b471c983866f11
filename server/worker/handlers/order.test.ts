/** In which order the application hears what one client sends. */
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import type { Next } from '../middleware/index.ts';
import type { SCSocket } from '../socket/index.ts';
import { Client, makeServer, settled } from '../testing.ts';

/** A socket whose listeners of `slow` end when the test releases them. */
function listen(socket: SCSocket): { begun: string[]; release: () => Promise<void> } {
  const begun: string[] = [];
  const held: (() => void)[] = [];
  socket.on('slow', async (data) => {
    begun.push(`slow ${String(data)}`);
    await new Promise<void>((resolve) => held.push(resolve));
  });
  socket.on('fast', (data) => begun.push(`fast ${String(data)}`));
  const release = async (): Promise<void> => {
    held.shift()?.();
    await settled();
  };
  return { begun, release };
}

test('what a client sends waits for the asynchronous listener of what it sent before, whatever its name', async () => {
  const client = new Client(makeServer()).open();
  const { begun, release } = listen(client.socket);
  client.socket.on('raw', (message) => begun.push(`raw ${String(message)}`));
  client.say({ event: 'slow', data: 1 });
  client.say([{ event: 'fast', data: 2 }, 'a text', { event: '#subscribe', data: 'c', cid: 2 }]);
  client.say({ event: 'slow', data: 3 });
  client.say({ event: 'fast', data: 4 });
  await settled();
  expect(begun).toEqual(['slow 1']);
  expect(client.socket.subscriptions()).toEqual([]);
  await release();
  expect(begun).toEqual(['slow 1', 'fast 2', 'raw a text', 'slow 3']);
  expect(client.hear()).toEqual([{ rid: 2 }]);
  await release();
  expect(begun.at(-1)).toBe('fast 4');
});

test('strictOrder off lets nothing wait for a listener', () => {
  const client = new Client(makeServer({ strictOrder: false })).open();
  const { begun } = listen(client.socket);
  client.say({ event: 'slow', data: 1 });
  client.say({ event: 'slow', data: 2 });
  client.say({ event: 'fast', data: 3 });
  expect(begun).toEqual(['slow 1', 'slow 2', 'fast 3']);
});

test('a listener that keeps its promise to itself holds nobody up', () => {
  const client = new Client(makeServer()).open();
  const begun: unknown[] = [];
  const work = async (data: unknown): Promise<void> => {
    begun.push(data);
    await new Promise(() => undefined);
  };
  client.socket.on('slow', (data) => void work(data));
  client.say({ event: 'slow', data: 1 });
  client.say({ event: 'slow', data: 2 });
  expect(begun).toEqual([1, 2]);
});

test('a listener may wait for the answer of its own client', async () => {
  const client = new Client(makeServer()).open();
  client.socket.on('greet', async (_data, respond) => {
    respond(null, `hello ${String(await client.socket.invoke('name'))}`);
  });
  client.say({ event: 'greet', cid: 2 });
  expect(client.hear()).toEqual([{ event: 'name', cid: 1 }]);
  client.say({ rid: 1, data: 'eve' });
  await settled();
  expect(client.hear()).toEqual([{ rid: 2, data: 'hello eve' }]);
});

test('what a client says before it leaves is known at its end, though a listener takes time', () => {
  const client = new Client(makeServer()).open();
  const ended = vi.fn();
  listen(client.socket);
  client.socket.on('disconnect', ended);
  client.say({ event: 'slow' });
  client.say({ event: '#disconnect', data: { code: 4_321, data: 'bye' } });
  client.end(4_321);
  expect(ended).toHaveBeenCalledExactlyOnceWith(4_321, 'bye');
});

test('a socket that is sent away, or goes, begins nothing that waited', async () => {
  for (const leave of [
    (client: Client): void => client.socket.disconnect(),
    (client: Client): void => client.end(),
  ]) {
    const client = new Client(makeServer()).open();
    const { begun, release } = listen(client.socket);
    client.say({ event: 'slow', data: 1 });
    client.say({ event: 'fast', data: 2 });
    leave(client);
    await release();
    expect(begun).toEqual(['slow 1']);
  }
});

test('listeners begin in the order their client sent, one at a time, with any middleware', async () => {
  const packet = fc.record({
    event: fc.constantFrom('a', 'b', 'c'),
    listener: fc.constantFrom('sync', 'async'),
    middleware: fc.constantFrom('at once', 'later', 'none'),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(packet, { maxLength: 4 }), { maxLength: 8 }), async (messages) => {
      const server = makeServer();
      const client = new Client(server).open();
      const packets = messages.flat();
      const heard: number[] = [];
      let running = 0;
      const listener = (data: unknown): unknown => {
        const n = data as number;
        expect(running).toBe(0);
        heard.push(n);
        if (packets[n]?.listener === 'sync') {
          return undefined;
        }
        running += 1;
        return settled().then(() => {
          running -= 1;
        });
      };
      for (const event of ['a', 'b', 'c']) {
        client.socket.on(event, listener);
      }
      if (packets.some(({ middleware }) => middleware !== 'none')) {
        server.addMiddleware('emit', ({ data }: { data: number }, next: Next) => {
          if (packets[data]?.middleware === 'later') {
            setImmediate(next);
          } else {
            next();
          }
        });
      }
      let n = 0;
      for (const message of messages) {
        client.say(message.map(({ event }) => ({ event, data: n++ })));
      }
      await vi.waitFor(() => expect(heard).toHaveLength(packets.length), { interval: 1 });
      expect(heard).toEqual(packets.map((_, index) => index));
      server.heartbeat.stop();
    }),
    { numRuns: 100 },
  );
});

test('a client that is read no further, for all that waits, is not taken for a silent one', async () => {
  vi.useFakeTimers();
  try {
    const server = makeServer({ pingInterval: 500, pingTimeout: 2_000 });
    const client = new Client(server).open();
    const held: (() => void)[] = [];
    client.socket.on('slow', () => new Promise<void>((resolve) => held.push(resolve)));
    for (let n = 0; n < 130; n += 1) {
      client.say({ event: 'slow' });
    }
    expect(client.wire.isPaused).toBe(true);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(client.wire.closedWith).toBeUndefined();
    let ended = 0;
    while (held.length > 0) {
      held.shift()?.();
      ended += 1;
      await vi.advanceTimersByTimeAsync(0);
    }
    expect(ended).toBe(130);
    expect(client.wire.isPaused).toBe(false);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(client.wire.closedWith?.code).toBe(4_001); // it is read again, and says nothing
  } finally {
    vi.useRealTimers();
  }
});

test('a client that is read no further hears that it is sent away: its goodbye is read', () => {
  const client = new Client(makeServer()).open();
  client.socket.on('slow', () => new Promise(() => undefined));
  for (let n = 0; n < 130; n += 1) {
    client.say({ event: 'slow' });
  }
  expect(client.wire.isPaused).toBe(true);
  client.socket.disconnect(4_000);
  expect(client.wire.isPaused).toBe(false);
});
