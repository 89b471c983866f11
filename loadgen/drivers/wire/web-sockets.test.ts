import type { Socket } from 'node:net';
import { expect, test, vi } from 'vitest';
import { FACT, startTarget } from '../testing.ts';
import { WebSockets } from './web-sockets.ts';
import { encodeText } from './websocket-frames.ts';

const options = {
  users: 2,
  numbers: [0, 1],
  address: '127.0.0.1',
  connect: {},
  clock: { now: () => 5, startEpochMs: 0 },
};

test('WebSockets begins anew after an end in the middle of what came', async () => {
  const target = await startTarget({ onPacket: () => true });
  const told: string[] = [];
  const sockets = new WebSockets(
    { ...options, target: { host: 'localhost', port: target.port, path: '/', secure: false } },
    {
      granted: () => void told.push('granted'),
      message: (user, bytes, start, end) => {
        told.push(bytes.toString('utf8', start, end));
        if (told.at(-1) === 'end') sockets.end(user, 'enough');
      },
      ended: (_user, cause) => void told.push(cause),
    },
  );
  for (const text of ['end', 'next']) {
    sockets.open(0, undefined);
    await vi.waitFor(() => expect(told.at(-1)).toBe('granted'), FACT);
    const [socket] = [...target.sockets].slice(-1);
    // The message, and behind it the beginning of another one, in one piece.
    const { _socket: stream } = socket as unknown as { _socket: Socket };
    stream.write(Buffer.concat([Buffer.from([0x81, text.length]), Buffer.from(text), Buffer.from([0x81])]));
    await vi.waitFor(() => expect(told).toContain(text), FACT);
  }
  expect(told).toEqual(['granted', 'end', 'enough', 'granted', 'next']);
  await sockets.close();
  await target.close();
});

test('WebSockets ends a connection at a mistake of ours, tells it once and goes on', async () => {
  const target = await startTarget({
    onPacket: (socket, { event }) => {
      socket.send(event);
      return true;
    },
  });
  const [told, mistake]: [string[], Error] = [[], new Error('planted')];
  const sockets = new WebSockets(
    { ...options, target: { host: 'localhost', port: target.port, path: '/', secure: false } },
    {
      granted: (user) => sockets.write(user, encodeText('{"event":"hello"}')),
      message: () => {
        throw mistake;
      },
      ended: (user, cause) => void told.push(`${user} ${cause}`),
    },
  );
  const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  for (const user of [0, 1]) {
    sockets.open(user, undefined);
    await vi.waitFor(() => expect(told).toContain(`${user} internal`), FACT);
  }
  expect(write.mock.calls).toEqual([[expect.stringContaining('planted')]]);
  write.mockRestore();
  await sockets.close();
  await target.close();
});

test('WebSockets tells of the upgrade, of messages and of the end, and shows one user its frames', async () => {
  const target = await startTarget({
    worker: '3',
    onPacket: (socket, { event }) => {
      if (event === 'bye') socket.close(4000);
      else socket.send(event);
      return true;
    },
  });
  const [told, seen]: [string[], string[]] = [[], []];
  const traced = {
    ...options,
    target: { host: 'localhost', port: target.port, path: '/', secure: false },
    trace: {
      user: 1,
      frame: (way: string, text: string, at: number) => void seen.push(`${way} ${text} ${at}`),
    },
  };
  const sockets = new WebSockets(traced, {
    granted: (user, worker) => told.push(`${user} granted ${worker}`),
    message: (user, bytes, start, end) =>
      told.push(`${user} ${bytes.toString('utf8', start, end)} ${sockets.at}`),
    ended: (user, cause) => told.push(`${user} ${cause}`),
  });
  for (const user of [0, 1]) {
    sockets.open(user, undefined);
    await vi.waitFor(() => expect(told.at(-1)).toBe(`${user} granted 3`), FACT);
    sockets.write(user, encodeText(`{"event":"hello ${user}"}`));
    await vi.waitFor(() => expect(told.at(-1)).toBe(`${user} hello ${user} 5`), FACT);
  }
  expect(seen).toEqual(['out {"event":"hello 1"} 5', 'in hello 1 5']);
  sockets.write(0, encodeText('{"event":"bye"}'));
  await vi.waitFor(() => expect(told.at(-1)).toBe('0 close-4000'), FACT);
  sockets.leave(1);
  await vi.waitFor(() => expect(target.closeCodes).toContain(1000), FACT);
  expect(told).toHaveLength(5);
  await sockets.close();
  await target.close();
});
