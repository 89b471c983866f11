/** The life of a cluster: from starting over ready to draining, and what is to be closed at its end. */
import { ClusterError } from '../errors/index.ts';
import type { ClusterState } from '../observe/index.ts';
import { createShutdown, type Shutdown } from '../process/index.ts';

export class Lifetime {
  readonly #shutdown: Shutdown;
  #phase: ClusterState['phase'] = 'starting';

  /** @param deadlineMs Time to close everything, milliseconds. */
  constructor(deadlineMs: number) {
    this.#shutdown = createShutdown({ deadlineMs });
  }

  get phase(): ClusterState['phase'] {
    return this.#phase;
  }

  get hasEnded(): boolean {
    return this.#phase === 'draining';
  }

  /** Notes that everything has started. */
  becomeReady(): void {
    this.#phase = 'ready';
  }

  /** Notes what is open now. When the end came while it was being opened, nobody else would close it. */
  async closeAtEnd(name: string, close: () => Promise<void>): Promise<void> {
    if (this.hasEnded) {
      await close();
    }
    this.goOn();
    this.#shutdown.add(name, close);
  }

  /** @throws ClusterError RUN_INTERRUPTED when the end has come. */
  goOn(): void {
    if (this.hasEnded) {
      throw interrupted('start');
    }
  }

  /**
   * Closes everything, what was opened last first. Resolves with what could not be closed. Never rejects.
   *
   * @param withinMs Default: the deadline.
   */
  end(withinMs?: number): Promise<Error[]> {
    this.#phase = 'draining';
    return this.#close(withinMs);
  }

  async #close(withinMs?: number): Promise<Error[]> {
    const problems = await this.#shutdown.close(withinMs);
    return problems.map(({ name, error }) =>
      error instanceof Error ? error : new Error(`Cannot close "${name}": ${String(error)}`),
    );
  }
}

/** The error of what the end has come between, such as `start the cluster`. */
export function interrupted(what: string, cause?: unknown): ClusterError {
  return new ClusterError(`Cannot ${what}: the cluster was stopped`, { code: 'RUN_INTERRUPTED', cause });
}
