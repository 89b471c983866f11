import type { OptionsInput } from '../../options/index.ts';
import { SocketCluster } from '../socket-cluster.ts';
import { explainFailure, serve } from './serve.ts';

/**
 * The cluster that applications make. As in SocketCluster, making it is enough: unless `start` or `stop` is
 * called within the same turn of the event loop, it starts by itself, logs, drains on SIGINT and SIGTERM, and
 * sets the exit code when it cannot start. Whoever calls `start` looks after all of that.
 */
export class SelfStartingCluster extends SocketCluster {
  #started: Promise<void> | undefined;
  #isStopped = false;

  /** @throws ClusterError OPTION_INVALID naming every option that is wrong. */
  constructor(input: OptionsInput) {
    super(input);
    setImmediate(() => void this.#startAlone());
  }

  /** Makes one, as `new` does. */
  static create(input: OptionsInput): SelfStartingCluster {
    return new SelfStartingCluster(input);
  }

  /** Starts as any cluster does. Calling it again gives the same answer. */
  override start(): Promise<void> {
    this.#started ??= super.start();
    return this.#started;
  }

  override stop(): Promise<void> {
    this.#isStopped = true;
    return super.stop();
  }

  async #startAlone(): Promise<void> {
    if (this.#started !== undefined || this.#isStopped) {
      return;
    }
    try {
      await serve(this);
    } catch (error) {
      process.exitCode = explainFailure(error);
    }
  }
}
