import { beforeEach, expect, test, vi } from 'vitest';
import { Auth } from './auth.ts';
import { type AuthEngine, createTokenStore } from './token-store.ts';

const tokenOf = (username: string): string =>
  `h.${Buffer.from(JSON.stringify({ username })).toString('base64url')}.s`;

const owner = { raise: vi.fn(), failed: vi.fn() };
let store: AuthEngine;
let auth: Auth;

beforeEach(() => {
  vi.clearAllMocks();
  store = createTokenStore();
  auth = new Auth({ authEngine: store, authTokenName: 'name' }, owner);
});

test('keep() authenticates, tells of it, and stores', async () => {
  await auth.keep(tokenOf('bob'));
  expect(auth).toMatchObject({
    state: 'authenticated',
    signedToken: tokenOf('bob'),
    token: { username: 'bob' },
  });
  expect(store.loadToken('name')).toBe(tokenOf('bob'));
  expect(owner.raise.mock.calls).toEqual([
    [
      'authStateChange',
      {
        oldState: 'unauthenticated',
        newState: 'authenticated',
        signedAuthToken: tokenOf('bob'),
        authToken: { username: 'bob' },
      },
    ],
    ['authenticate', tokenOf('bob')],
  ]);
});

test('settle() takes the token that was offered if the server does', async () => {
  store.saveToken('name', tokenOf('bob'));
  expect(await auth.load()).toBe(tokenOf('bob'));
  auth.settle(true);
  expect(auth.token).toEqual({ username: 'bob' });
  auth.settle(false);
  expect(auth.token).toBeNull();
  expect(store.loadToken('name')).toBe(tokenOf('bob'));
});

test('settle() means a token that the server set during the handshake, or took away', async () => {
  store.saveToken('name', tokenOf('bob'));
  await auth.load();
  await auth.keep(tokenOf('eve'));
  auth.settle(true);
  expect(auth.token).toEqual({ username: 'eve' });
  await auth.load();
  await auth.remove();
  auth.settle(true);
  expect(auth.state).toBe('unauthenticated');
});

test('settle() means the token of the store, not the one of the last connection', async () => {
  await auth.keep(tokenOf('bob'));
  store.saveToken('name', tokenOf('eve'));
  await auth.load();
  auth.settle(true);
  expect(auth.token).toEqual({ username: 'eve' });
});

test('remove() tells of the old token once and empties the store', async () => {
  await auth.keep(tokenOf('bob'));
  vi.clearAllMocks();
  await auth.remove();
  await auth.remove();
  expect(owner.raise.mock.calls.slice(1)).toEqual([
    ['deauthenticate', tokenOf('bob')],
    ['removeAuthToken', { username: 'bob' }],
  ]);
  expect(owner.raise.mock.calls[0]?.[0]).toBe('authStateChange');
  expect(store.loadToken('name')).toBeNull();
});

test('load() has none when the store fails, and tells why', async () => {
  const failing = { ...store, loadToken: () => Promise.reject(new Error('disk')) };
  expect(await new Auth({ authEngine: failing, authTokenName: 'name' }, owner).load()).toBeNull();
  expect(owner.failed).toHaveBeenCalledWith(expect.objectContaining({ message: 'disk' }));
});
