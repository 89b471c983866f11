import { once } from 'node:events';
import { expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { FACT } from '../../drivers/testing.ts';
import { serveEcho, type Tally } from './echo-server.ts';

test('serveEcho() answers whatever comes, and tells what it has seen so far', async () => {
  const tallies: Tally[] = [];
  const { port, close } = await serveEcho((tally) => tallies.push(tally), 5);
  onTestFinished(close);
  const socket = new WebSocket(`ws://127.0.0.1:${port}/`);
  const answers: string[] = [];
  socket.on('message', (message: Buffer) => answers.push(message.toString()));
  await vi.waitFor(() => expect(tallies.at(-1)).toMatchObject({ open: 1, answered: 0 }), FACT);
  if (socket.readyState !== WebSocket.OPEN) await once(socket, 'open');
  for (const text of ['a', 'b', 'c']) socket.send(text);
  await vi.waitFor(() => expect(answers).toEqual(['{"rid":1}', '{"rid":1}', '{"rid":1}']), FACT);
  await vi.waitFor(() => expect(tallies.at(-1)).toMatchObject({ open: 1, answered: 3 }), FACT);
  socket.terminate();
  await vi.waitFor(() => expect(tallies.at(-1)).toMatchObject({ open: 0, answered: 3 }), FACT);
  const times = tallies.map(({ atMs }) => atMs);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
});
