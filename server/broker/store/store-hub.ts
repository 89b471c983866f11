import { type Revocation, RevocationTable, readRevocations } from './revocations/index.ts';
import { SessionTable } from './session-table.ts';
import type { NoticeKind } from './store.ts';
import { isOperation, KeyTree, type Operation, operate, type Path } from './tree/index.ts';

/** What can be asked of a whole space: its parts may lie in several brokers. */
const wholeSpace: ReadonlySet<Operation> = new Set(['get', 'count', 'remove']);

/** What a hub needs to know. */
export interface HubOptions {
  /** Milliseconds after which a session that nobody holds ends. */
  sessionTimeoutMs: number;
  /** Tells all workers. */
  announce(kind: NoticeKind, session: string): void;
  /** Tells all workers of revocations that are new to this broker, and where they are from. */
  announceRevoked(revocations: readonly Revocation[], from: 'worker' | 'host'): void;
  /** Milliseconds since 1970. */
  now?: () => number;
  /** Default: 1,000,000. */
  maxEntries?: number;
}

/** The share of the store that one broker keeps: one tree, the sessions, and the bond between the two. */
export class StoreHub<Holder> {
  readonly #tree: KeyTree;
  readonly #sessions: SessionTable<Holder>;
  readonly #revocations: RevocationTable;
  readonly #announceRevoked: HubOptions['announceRevoked'];

  constructor({ sessionTimeoutMs, announce, announceRevoked, now = Date.now, maxEntries }: HubOptions) {
    this.#revocations = new RevocationTable(() => now() / 1_000);
    this.#announceRevoked = announceRevoked;
    this.#tree = new KeyTree({ now, ...(maxEntries === undefined ? {} : { maxEntries }) });
    this.#sessions = new SessionTable(sessionTimeoutMs, now, {
      known: (session) => announce('known', session),
      ended: (session) => {
        this.#tree.remove(['session', session]);
        announce('ended', session);
      },
    });
  }

  /** Values, lists and branches kept. */
  get entries(): number {
    return this.#tree.entries;
  }

  /** Sessions known. */
  get sessions(): number {
    return this.#sessions.size;
  }

  /** Revocations in force. */
  get revocations(): Revocation[] {
    return this.#revocations.list();
  }

  /**
   * Does what a worker asks for: revocations, a change of a session, or an operation on the tree.
   *
   * @throws TypeError when nothing is called so or the path is none; what the operation throws.
   */
  take(holder: Holder, name: string, target: unknown, values: readonly unknown[]): unknown {
    if (name === 'revoke' || name === 'remind') {
      return this.#revoke(readRevocations(target), 'worker');
    }
    if (isOperation(name)) {
      const path = pathOf(target);
      const [space, session] = path;
      if (session === undefined && !wholeSpace.has(name)) {
        throw new TypeError(`Cannot take "${name}" for all of "${space}": wanted a key`);
      }
      if (space === 'session' && session !== undefined) {
        this.#sessions.visit(session); // or its data would stay for ever if no socket ever came
      }
      return operate(this.#tree, name, path, values);
    }
    if (typeof target !== 'string') {
      throw new TypeError(`Cannot take "${name}": a session is named by a text`);
    }
    switch (name) {
      case 'hold':
      case 'join':
      case 'release':
        return this.#sessions[name](target, holder);
      case 'visit':
        return this.#sessions.visit(target);
      default:
        throw new TypeError(`Cannot take "${name}": there is no such operation`);
    }
  }

  /** Takes revocations of another host. */
  learn(revocations: readonly Revocation[]): void {
    this.#revoke(revocations, 'host');
  }

  /** Takes a holder off all its sessions: its worker is gone. */
  drop(holder: Holder): void {
    this.#sessions.drop(holder);
  }

  /** Ends what has reached its time. To be called now and then. */
  sweep(): void {
    this.#tree.sweep();
    this.#sessions.sweep();
  }

  #revoke(revocations: readonly Revocation[], from: 'worker' | 'host'): void {
    const fresh = this.#revocations.take(revocations);
    if (fresh.length > 0) {
      this.#announceRevoked(fresh, from);
    }
  }
}

/** Longest path; what nests deeper could not be taken apart again without breaking the stack. */
const MAX_KEYS = 100;

function pathOf(target: unknown): Path {
  const isPath = Array.isArray(target) && target.every((key) => typeof key === 'string');
  if (isPath && target.length > 0 && target.length <= MAX_KEYS) {
    return target;
  }
  throw new TypeError(`Cannot use ${JSON.stringify(target)} as a path: wanted 1 to ${MAX_KEYS} texts`);
}
