import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { accuracy } from './accuracy.ts';
import type { Interview } from './generator.ts';

/** Asks once. */
async function ask(port: number): Promise<string> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/`);
  const text = await new Promise<string>((resolve, reject) => {
    socket.on('error', reject);
    socket.on('open', () => socket.send('{"event":"ping","cid":1}'));
    socket.on('message', (message: Buffer) => resolve(message.toString()));
  });
  socket.terminate();
  return text;
}

test('accuracy has servers asked that answer plain text, and tells how far off their times are reported', async () => {
  const interviews: Interview[] = [];
  const figures = await accuracy.take(
    {
      run: () => Promise.reject(new Error('run')),
      stop: () => Promise.resolve(),
      report: async (interview) => {
        interviews.push(interview);
        expect(await ask(interview.port)).toBe('{"rid":1}');
        return { p50: 3, p99: 100 };
      },
    },
    { sockets: 1, authKey: '' },
  );
  expect(interviews).toMatchObject([
    { users: 12, seconds: 10 },
    { users: 12, seconds: 10 },
  ]);
  const rounded = Object.entries(figures).map(([key, error]) => [key, Math.round(error)]);
  expect(Object.fromEntries(rounded)).toEqual({
    'twoPoint-p50': 1,
    'twoPoint-p99': 60,
    'stall-p50': 3,
    'stall-p99': 250,
  });
  expect(accuracy.figures.map(({ key }) => key)).toEqual(Object.keys(figures));
  expect(accuracy.figures.at(-1)?.title).toBe('error of p99, true 350 ms: a stall of 400 ms in 5 s');
});
