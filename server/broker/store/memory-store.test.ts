import { expect, test } from 'vitest';
import { createMemoryStore, MemoryStoreHub } from './memory-store.ts';
import { SESSION_TIMEOUT_MS, storeContract } from './store-contract.ts';

storeContract('createMemoryStore()', async () => {
  let now = 0;
  const hub = new MemoryStoreHub({ sessionTimeoutMs: SESSION_TIMEOUT_MS, now: () => now });
  return {
    connect: async (take, memory) => createMemoryStore(take, hub, memory),
    letTimePass: () => {
      now += SESSION_TIMEOUT_MS;
      hub.hub.sweep();
    },
    end: async () => {},
  };
});

test('createMemoryStore() without a hub shares its data with nobody', async () => {
  const [one, two] = [createMemoryStore(() => {}), createMemoryStore(() => {})];
  await one.run('set', ['global', 'a'], 1);
  expect(await two.run('get', ['global', 'a'])).toBeUndefined();
});
