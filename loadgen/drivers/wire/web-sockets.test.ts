import { expect, test, vi } from 'vitest';
import { FACT, startTarget } from '../testing.ts';
import { WebSockets } from './web-sockets.ts';
import { encodeText } from './websocket-frames.ts';

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
  const options = {
    users: 2,
    target: { host: 'localhost', port: target.port, path: '/', secure: false },
    address: '127.0.0.1',
    connect: {},
    clock: { now: () => 5, startEpochMs: 0 },
    trace: {
      user: 1,
      frame: (way: string, text: string, at: number) => void seen.push(`${way} ${text} ${at}`),
    },
  };
  const sockets = new WebSockets(options, {
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
