import { expect, test, vi } from 'vitest';
import { createMemoryStore, type TakeNotice } from '../../broker/index.ts';
import { Session } from './session.ts';

const member = () => ({ state: 'open' as const, sendFrame: vi.fn() });

function makeSession(take: TakeNotice = () => {}) {
  const store = createMemoryStore(take);
  return new Session('id', () => store);
}

test('Session tells who is the first to come and who the last to go', () => {
  const session = makeSession();
  const [a, b, c] = [member(), member(), member()];
  expect([a, b, c].map((each) => session.takeIn(each))).toEqual([true, false, false]);
  expect([...session.members()]).toEqual([a, b, c]);
  expect(session.letGo(a)).toBe(false);
  expect([...session.members()]).toEqual([b, c]);
  expect([session.letGo(a), session.letGo(c), session.hasMembers]).toEqual([false, false, true]);
  expect([session.letGo(b), session.hasMembers]).toEqual([true, false]);
  expect(session.takeIn(c)).toBe(true);
});

test('Session gives its sockets by promise and by callback', async () => {
  const session = makeSession();
  const socket = member();
  session.takeIn(socket);
  const callback = vi.fn();
  expect(await session.getSockets(callback)).toEqual([socket]);
  expect(callback).toHaveBeenCalledExactlyOnceWith(null, [socket]);
});

test('Session keeps what it knows of the user apart from its data', async () => {
  const session = makeSession();
  await session.setAuth({ name: 'Ann' });
  await session.set('auth', 'data');
  expect(await session.getAll()).toEqual({ auth: 'data' });
  await session.removeAll();
  expect(await session.getAuth()).toEqual({ name: 'Ann' });
  await session.clearAuth();
  expect(await session.getAuth()).toBeUndefined();
});

test('Session hands the packet of an event over before it calls back', async () => {
  const told: string[] = [];
  const session = makeSession((kind, id, message) => told.push(`${kind} ${id} ${Buffer.from(message)}`));
  await new Promise<void>((resolve) => {
    void session.emit('news', { a: 1 }, () => resolve());
  });
  expect(told).toEqual(['told id {"event":"news","data":{"a":1}}']);
});

test('emit() refuses an event without a name', () => {
  const session = makeSession();
  for (const event of [undefined, null, 5, {}]) {
    expect(() => session.emit(event as never)).toThrow(
      /^Cannot send an event to a session: .*wanted is text$/,
    );
  }
});
