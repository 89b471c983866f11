import { expect, onTestFinished, test } from 'vitest';
import { startTarget } from '../../drivers/testing.ts';
import { costOfEach, shareOfClients, withClients } from './measure.ts';

test('withClients() resets its clients also after a failure, and waits until the server has seen it', async () => {
  const target = await startTarget();
  onTestFinished(() => target.close());
  let asked = 0;
  const running = {
    port: target.port,
    path: '/socketcluster/',
    dialect: 'socketcluster',
    pid: 0,
    pids: [],
    ask: async () => {
      asked += 1;
      return { sockets: target.sockets.size, authenticated: 0 };
    },
    stop: () => Promise.resolve(),
  } as const;
  const used = withClients(running, { count: 5, perSecond: 1_000 }, async (clients) => {
    await clients.connect();
    expect(target.sockets.size).toBe(5);
    throw new Error('no figure');
  });
  await expect(used).rejects.toThrow('no figure');
  expect(target.sockets.size).toBe(0);
  expect(asked).toBeGreaterThan(0);
});

test('costOfEach() divides, and leaves out what nobody counted', () => {
  const cost = { process: 20, all: 30, seconds: 2, clients: 0.5 };
  expect(costOfEach(cost, 10)).toEqual({ process: 2, all: 3 });
  expect(costOfEach({ ...cost, instructions: 1_000 }, 10)).toEqual({ process: 2, all: 3, instructions: 100 });
  expect(shareOfClients(cost)).toEqual({ clients: 50 });
});
