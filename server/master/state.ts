/** What the master knows of its processes: the latest snapshot of each, and who was restarted. */
import type { ClusterState, Snapshot } from '../observe/index.ts';

/** Restarts kept; older ones are of no use to anybody who looks. */
const MAX_RESTARTS = 100;

type Restart = ClusterState['restarts'][number];

export class StateBook {
  readonly #snapshots = new Map<string, Snapshot>();
  readonly #restarts: Restart[] = [];

  /** Notes a snapshot. */
  note(snapshot: Snapshot): void {
    this.#snapshots.set(`${snapshot.role}/${snapshot.id}`, snapshot);
  }

  /** Notes the unforeseen end of a process. */
  noteExit(restart: Restart): void {
    this.#snapshots.delete(`${restart.role}/${restart.id}`);
    this.#restarts.push(restart);
    this.#restarts.splice(0, this.#restarts.length - MAX_RESTARTS);
  }

  get snapshots(): Snapshot[] {
    return [...this.#snapshots.values()];
  }

  get restarts(): Restart[] {
    return [...this.#restarts];
  }
}
