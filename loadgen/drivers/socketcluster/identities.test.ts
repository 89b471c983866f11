import { expect, test } from 'vitest';
import { textsOf } from '../wire/index.ts';
import { Identities } from './identities.ts';

const tokenOf = (frame: Buffer): unknown => JSON.parse(textsOf(frame)[0]!).data.authToken;

test('Identities says nothing of a user that has no token', () => {
  const identities = new Identities({}, [0]);
  expect(textsOf(identities.handshake(0))[0]).toBe(
    '{"event":"#handshake","data":{"authToken":null},"cid":1}',
  );
  expect(identities.login(0)).toBeUndefined();
});

test('Identities deals tokens out in turn, by the number within the whole run', () => {
  const identities = new Identities({ tokens: { key: 'k', distinct: 2 } }, [1, 3, 4]);
  const [one, three, four] = [0, 1, 2].map((user) => tokenOf(identities.handshake(user)));
  expect(one).toBe(three);
  expect(one).not.toBe(four);
});

test('Identities logs a user in until the server gave it a token, and again when that is taken away', () => {
  const identities = new Identities({ login: { event: 'login', data: { name: 'a' } } }, [0, 1]);
  expect(JSON.parse(textsOf(identities.login(0)!)[0]!)).toEqual({
    event: 'login',
    data: { name: 'a' },
    cid: 2,
  });
  identities.take(0, 'abc');
  expect(identities.login(0)).toBeUndefined();
  expect(tokenOf(identities.handshake(0))).toBe('abc');
  expect(tokenOf(identities.handshake(1))).toBeNull();
  identities.take(0, undefined);
  expect(identities.login(0)).toBeDefined();
});

test('Identities keeps signed tokens when the scenario has no login', () => {
  const identities = new Identities({}, [0]);
  identities.take(0, 'abc');
  expect(tokenOf(identities.handshake(0))).toBeNull();
});
