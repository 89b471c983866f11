import { expect, test } from 'vitest';
import { keepFull } from './keep-full.ts';

/** Clients whose messages a test answers. */
function scene() {
  const sent: [client: number, count: number][] = [];
  const clients = {
    came: 5,
    onCame: (_client: number) => {},
    send: (client: number, count: number) => void sent.push([client, count]),
    until: async (isDone: () => boolean) => {
      if (!isDone()) throw new Error('not answered');
    },
  };
  const answer = (client: number, count: number): void => {
    for (let left = count; left > 0; left -= 1) {
      clients.came += 1;
      clients.onCame(client);
    }
  };
  return { sent, clients, answer };
}

test('keepFull() sends as many anew as were answered at once, in one write', async () => {
  const { sent, clients, answer } = scene();
  const stop = keepFull(clients, { count: 2, window: 8 });
  expect(sent.splice(0)).toEqual([
    [0, 8],
    [1, 8],
  ]);
  answer(1, 3);
  expect(sent).toEqual([]);
  await Promise.resolve();
  expect(sent.splice(0)).toEqual([[1, 3]]);
  answer(1, 1);
  await Promise.resolve();
  expect(sent.splice(0)).toEqual([[1, 1]]);
  await expect(stop()).rejects.toThrow('not answered');
});

test('keepFull() sends nothing more once it is stopped, and waits for what is under way', async () => {
  const { sent, clients, answer } = scene();
  const stop = keepFull(clients, { count: 1, window: 2 });
  answer(0, 1);
  const stopped = stop();
  await expect(stopped).rejects.toThrow('not answered');
  answer(0, 1);
  await expect(stop()).resolves.toBeUndefined();
  expect(sent).toEqual([[0, 2]]);
});
