import type { OptionsInput } from '../../options/index.ts';
import { SocketCluster } from '../socket-cluster.ts';
import { explainFailure, serve } from './serve.ts';

/**
 * The cluster that applications make. As in SocketCluster, making it is enough: unless `start` or `stop` is
 * called within the same turn of the event loop, it starts by itself, logs, drains on SIGINT, SIGTERM and
 * SIGHUP, and sets the exit code when it cannot start. Whoever calls `start` looks after all of that.
 */
export class SelfStartingCluster extends SocketCluster {
  #hasOwner = false;

  /** @throws ClusterError OPTION_INVALID naming every option that is wrong. */
  constructor(input: OptionsInput) {
    super(input);
    setImmediate(() => void this.#startAlone());
  }

  /** Makes one, as `new` does. */
  static create(input: OptionsInput): SelfStartingCluster {
    return new SelfStartingCluster(input);
  }

  override start(): Promise<void> {
    this.#hasOwner = true;
    return super.start();
  }

  override stop(): Promise<void> {
    this.#hasOwner = true;
    return super.stop();
  }

  async #startAlone(): Promise<void> {
    if (this.#hasOwner) {
      return;
    }
    try {
      await serve(this);
    } catch (error) {
      process.exitCode = explainFailure(error);
    }
  }
}
