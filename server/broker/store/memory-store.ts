import { type Revocation, type RevocationMemory, RevocationTable } from './revocations/index.ts';
import type { SessionChange, Store, TakeNotice } from './store.ts';
import { type HubOptions, StoreHub } from './store-hub.ts';
import type { Operation, Path } from './tree/index.ts';

const NOTHING = new Uint8Array(0);

/** What memory stores share that share their data. */
export class MemoryStoreHub {
  readonly hub: StoreHub<Store>;
  readonly #takers = new Set<TakeNotice>();
  readonly #memories = new Set<RevocationMemory>();

  constructor(options: Omit<HubOptions, 'announce' | 'announceRevoked'>) {
    this.hub = new StoreHub({
      ...options,
      announce: (kind, session) => this.tell(kind, session, NOTHING),
      announceRevoked: (revocations) => {
        for (const memory of this.#memories) {
          memory.take(revocations);
        }
      },
    });
  }

  add(take: TakeNotice, memory: RevocationMemory): void {
    this.#takers.add(take);
    this.#memories.add(memory);
    memory.take(this.hub.revocations);
  }

  tell(...notice: Parameters<TakeNotice>): void {
    for (const take of [...this.#takers]) {
      take(...notice);
    }
  }
}

/** Twenty minutes, the option's default. */
const SESSION_TIMEOUT_MS = 1_200_000;

/**
 * Makes a store without processes or links. Those made with the same hub share their data; by default each has
 * its own, whose time stands still: only the owner of a hub can sweep it.
 */
export function createMemoryStore(
  take: TakeNotice,
  hub = new MemoryStoreHub({ sessionTimeoutMs: SESSION_TIMEOUT_MS }),
  memory: RevocationMemory = new RevocationTable(),
): Store {
  hub.add(take, memory);
  return new MemoryStore(hub);
}

class MemoryStore implements Store {
  readonly #hub: MemoryStoreHub;

  constructor(hub: MemoryStoreHub) {
    this.#hub = hub;
  }

  async run(operation: Operation, path: Path, ...values: unknown[]): Promise<unknown> {
    // Through JSON, as over a link: what callers do to their objects later must not reach the store.
    const copies = JSON.parse(JSON.stringify(values)) as unknown[];
    return this.#hub.hub.take(this, operation, path, copies);
  }

  note(change: SessionChange, session: string): void {
    this.#hub.hub.take(this, change, session, []);
  }

  async tell(session: string, message: Uint8Array): Promise<void> {
    this.#hub.tell('told', session, message);
  }

  async revoke(revocations: readonly Revocation[]): Promise<void> {
    this.#hub.hub.take(this, 'revoke', revocations, []);
  }
}
