import { expect, test } from 'vitest';
import { StoreHub } from './store-hub.ts';

function begin() {
  const clock = { now: 0 };
  const notices: string[] = [];
  const hub = new StoreHub<string>({
    sessionTimeoutMs: 1_000,
    announce: (kind, session) => notices.push(`${kind} ${session}`),
    announceRevoked: (list, from) =>
      notices.push(list.map(({ subject }) => `revoked ${subject} by a ${from}`).join()),
    now: () => clock.now,
  });
  return { clock, hub, notices };
}

test('StoreHub removes the data of a session when it ends, and no other', () => {
  const { clock, hub, notices } = begin();
  hub.take('worker', 'set', ['session', 's', 'data', 'a'], [1]);
  hub.take('worker', 'set', ['global', 's'], [2]);
  hub.take('worker', 'hold', 's', []);
  hub.take('worker', 'release', 's', []);
  clock.now = 1_000;
  hub.sweep();
  expect(notices).toEqual(['known s', 'ended s']);
  expect(hub.take('worker', 'get', ['session', 's'], [])).toBeUndefined();
  expect(hub.take('worker', 'get', ['global'], [])).toEqual({ s: 2 });
});

test('StoreHub ends a session that only ever had data', () => {
  const { clock, hub, notices } = begin();
  hub.take('worker', 'set', ['session', 's', 'data', 'a'], [1]);
  clock.now = 1_000;
  hub.sweep();
  expect(notices).toEqual(['known s', 'ended s']);
  expect(hub.sessions).toBe(0);
});

test.each([
  ['run', ['global', 'a'], 'Cannot take "run": a session is named by a text'],
  ['exec', 's', 'Cannot take "exec": there is no such operation'],
  ['toString', 's', 'there is no such operation'],
  ['hold', 7, 'a session is named by a text'],
  ['get', [], 'as a path: wanted 1 to 100 texts'],
  ['get', ['global', 1], 'as a path'],
  ['get', Array.from({ length: 101 }, () => 'a'), 'as a path'],
  ['set', ['global'], 'Cannot take "set" for all of "global": wanted a key'],
])('StoreHub refuses %s of %j', (name, target, message) => {
  const { hub, notices } = begin();
  expect(() => hub.take('worker', name, target, [])).toThrow(message);
  expect([hub.entries, hub.sessions, notices]).toEqual([0, 0, []]);
});

test('StoreHub announces revocations that are new to it, and keeps them until their time', () => {
  const { clock, hub, notices } = begin();
  const revoked = { subject: 'a', issuedUntil: 0, until: 2 };
  hub.take('worker', 'revoke', [revoked], []);
  hub.take('other', 'remind', [revoked, { ...revoked, subject: 'b' }], []);
  hub.take('other', 'remind', [revoked], []);
  hub.learn([revoked, { ...revoked, subject: 'c' }]);
  hub.learn([{ ...revoked, subject: 'c' }]);
  expect(notices).toEqual(['revoked a by a worker', 'revoked b by a worker', 'revoked c by a host']);
  expect(hub.revocations).toHaveLength(3);
  clock.now = 2_000;
  expect(hub.revocations).toEqual([]);
  expect(() => hub.take('worker', 'revoke', ['a'], [])).toThrow(TypeError);
});
