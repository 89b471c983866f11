import { expect, test } from 'vitest';
import { createTokenStore, readToken } from './token-store.ts';

function fakeStorage(): { kept: Map<string, string>; isForbidden: boolean } & Parameters<
  typeof createTokenStore
>[0] {
  const kept = new Map<string, string>();
  return {
    kept,
    isForbidden: false,
    getItem: (name) => kept.get(name) ?? null,
    setItem(name, value) {
      if (this.isForbidden) {
        throw new Error('quota');
      }
      kept.set(name, value);
    },
    removeItem: (name) => void kept.delete(name),
  };
}

test('createTokenStore() keeps tokens in the storage it is given', () => {
  const storage = fakeStorage();
  const store = createTokenStore(storage);
  store.saveToken('t', 'a.b.c');
  expect(storage.kept.get('t')).toBe('a.b.c');
  expect(store.loadToken('t')).toBe('a.b.c');
  store.removeToken('t');
  expect(store.loadToken('t')).toBeNull();
});

test('createTokenStore() keeps tokens in memory without a storage, each store its own', () => {
  const store = createTokenStore();
  store.saveToken('t', 'a.b.c');
  expect(store.loadToken('t')).toBe('a.b.c');
  expect(createTokenStore().loadToken('t')).toBeNull();
});

test('createTokenStore() falls back to memory when the storage is full', () => {
  const storage = fakeStorage();
  storage.isForbidden = true;
  const store = createTokenStore(storage);
  store.saveToken('t', 'a.b.c');
  expect(store.loadToken('t')).toBe('a.b.c');
});

test('createTokenStore() does not remember a token that another tab has removed', () => {
  const storage = fakeStorage();
  const store = createTokenStore(storage);
  store.saveToken('t', 'a.b.c');
  storage.kept.clear();
  expect(store.loadToken('t')).toBeNull();
});

test('readToken() reads the payload, characters beyond ASCII too', () => {
  const payload = { username: 'Zoë €😀??>>' };
  const signed = `h.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.s`;
  expect(readToken(signed)).toEqual(payload);
});

test('readToken() returns null for what is no token', () => {
  for (const signed of ['', 'abc', 'a.b', 'a.!!!.c', 'a..c']) {
    expect(readToken(signed)).toBeNull();
  }
});
