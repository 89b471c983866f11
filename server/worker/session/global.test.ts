import { expect, test, vi } from 'vitest';
import { makeServer } from '../testing.ts';

test('Global publishes to whoever listens to the event, and calls back after them', async () => {
  const { global } = makeServer();
  const heard: unknown[] = [];
  const handler = (data: unknown) => heard.push(data);
  global.on('foo', handler);
  const callback = vi.fn(() => heard.push('called back'));
  await global.publish('foo', { a: 1 }, callback);
  global.removeListener('foo', handler);
  await global.publish('foo', { a: 2 });
  expect(heard).toEqual([{ a: 1 }, 'called back']);
});

test('Global keeps data outside of every session', async () => {
  const server = makeServer();
  await server.global.set('count', 1);
  await server.sessions.use('id').set('count', 2);
  expect(await server.global.getAll()).toEqual({ count: 1 });
  await server.global.removeAll();
  expect(await server.sessions.use('id').get('count')).toBe(2);
});
