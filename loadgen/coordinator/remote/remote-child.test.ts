import { expect, test } from 'vitest';
import type { Exit } from '../../../server/process/index.ts';
import type { Order } from '../../bus/index.ts';
import { RemoteChild } from './remote-child.ts';

function scene() {
  const orders: Order[] = [];
  const line = { order: (order: Order) => orders.push(order), toAgentClock: (ms: number) => ms - 1_000 };
  return { orders, child: new RemoteChild(3, 77, line) };
}

test('RemoteChild passes on what a load process is told, the start by the clock of its host', () => {
  const { orders, child } = scene();
  child.send({ type: 'start', options: {} });
  child.send({ type: 'go', at: 5_000 });
  const ends = [{ channel: 1, publisher: 2, next: 3, intended: 4.5 }];
  child.send({ type: 'ends', process: 0, ends });
  child.send({ type: 'abort' });
  child.send({ type: 'stop', withinMs: 9 });
  child.kill();
  expect(orders).toEqual([
    { type: 'tell', process: 3, message: { type: 'go', at: 5_000, monotonicMs: 4_000 } },
    { type: 'tell', process: 3, message: { type: 'ends', process: 0, ends } },
    { type: 'tell', process: 3, message: { type: 'abort' } },
    { type: 'tell', process: 3, message: { type: 'stop', withinMs: 9 } },
    { type: 'kill', process: 3 },
  ]);
});

test('RemoteChild tells what was said, also before anybody listened, and once how it ended', async () => {
  const { child } = scene();
  const heard: string[] = [];
  child.said({ type: 'ready' });
  child.onMessage(({ type }) => heard.push(type));
  child.said({ type: 'window' });
  expect(heard).toEqual(['ready', 'window']);
  const exit: Exit = { code: null, signal: 'SIGKILL', lastWords: '' };
  child.ended(exit);
  child.ended({ ...exit, code: 1 });
  const told = await new Promise((resolve) => child.onExit(resolve));
  expect(told).toBe(exit);
});
