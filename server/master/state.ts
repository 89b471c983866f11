/** What the master knows of its processes: the latest snapshot of each, and who was restarted. */
import type { AgedSnapshot, ClusterState, Snapshot } from '../observe/index.ts';

/** Restarts kept; older ones are of no use to anybody who looks. */
const MAX_RESTARTS = 100;

type Restart = ClusterState['restarts'][number];

export class StateBook {
  readonly #snapshots = new Map<string, { snapshot: Snapshot; notedAt: number }>();
  readonly #restarts: Restart[] = [];

  /** Notes a snapshot. */
  note(snapshot: Snapshot): void {
    this.#snapshots.set(`${snapshot.role}/${snapshot.id}`, { snapshot, notedAt: performance.now() });
  }

  /** Forgets the figures of a process that has ended, not those of one that took its place. */
  forget(role: Snapshot['role'], id: number, pid: number): void {
    if (this.#snapshots.get(`${role}/${id}`)?.snapshot.pid === pid) {
      this.#snapshots.delete(`${role}/${id}`);
    }
  }

  /** Notes the unforeseen end of a process. */
  noteRestart(restart: Restart): void {
    this.#restarts.push(restart);
    this.#restarts.splice(0, this.#restarts.length - MAX_RESTARTS);
  }

  get snapshots(): AgedSnapshot[] {
    const now = performance.now();
    return [...this.#snapshots.values()].map(({ snapshot, notedAt }) => ({
      ...snapshot,
      ageMs: now - notedAt,
    }));
  }

  get restarts(): Restart[] {
    return [...this.#restarts];
  }
}
