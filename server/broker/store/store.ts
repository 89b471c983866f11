import type { Revocation } from './revocations/index.ts';
import type { Operation, Path } from './tree/index.ts';

/**
 * What the workers of a cluster share besides channels: a tree of JSON values, and which sessions are alive.
 * Two implementations pass the same contract suite: `MemoryStore` inside one process, `RemoteStore` over the
 * links to broker processes.
 *
 * A path begins with a space: `session`, the session's id, and what the session keeps; or `global` and a key.
 * The second key decides which broker keeps it.
 */
export interface Store {
  /**
   * Carries out one operation at a path. Operations on paths with the same second key are carried out one by
   * one, in the order they were asked for. A path of a space alone stands for its parts in all brokers, and
   * only `get`, `count` and `remove` can be asked for it.
   *
   * @throws ClusterError BROKER_UNREACHABLE when nobody knows whether it was done, LIMIT_EXCEEDED when the
   * store is full; TypeError or RangeError when it makes no sense.
   */
  run(operation: Operation, path: Path, ...values: unknown[]): Promise<unknown>;

  /**
   * Notes what this worker has to do with a session. Nobody waits and nothing is lost: when a broker comes
   * back, it is told again. A session that was held or visited here ends with exactly one notice, `ended`.
   */
  note(change: SessionChange, session: string): void;

  /**
   * Tells all workers something about a session, this one included, in one order that is the same for all of
   * them. Resolves after this worker's own notice.
   *
   * @throws ClusterError BROKER_UNREACHABLE when it could not be handed over.
   */
  tell(session: string, message: Uint8Array): Promise<void>;

  /**
   * Has every worker take revocations, this one first of all, and every broker keep them until their time for
   * workers that come later. Resolves when every worker with a link to one of the brokers that took them has
   * taken them: all that run, unless one has just lost its links. That one takes them with its first link.
   *
   * @throws ClusterError BROKER_UNREACHABLE when nobody knows whether a broker took them. This worker has, and
   * tells every broker whose link comes up.
   */
  revoke(revocations: readonly Revocation[]): Promise<void>;
}

/**
 * - `hold`: this worker has sockets of the session, which its application uses.
 * - `join`: this worker has sockets of the session; that makes it no session unless it is one already.
 * - `release`: this worker has no more sockets of the session.
 * - `visit`: the session was used without a socket.
 */
export type SessionChange = 'hold' | 'join' | 'release' | 'visit';

/**
 * - `known`: a session is one from now on. Workers that have sockets of it `join`.
 * - `told`: a worker told something about a session.
 * - `ended`: nobody has had sockets of a session for its time-out. Its data is gone.
 */
export type NoticeKind = 'known' | 'told' | 'ended';

/** Takes notices. The message, empty unless `told`, is only valid during the call. Must not throw. */
export type TakeNotice = (kind: NoticeKind, session: string, message: Uint8Array) => void;
