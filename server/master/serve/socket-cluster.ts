import type { OptionsInput } from '../../options/index.ts';
import { Cluster, ORIGIN } from '../cluster.ts';
import { explainFailure, serve } from './serve.ts';

/**
 * The cluster that applications make. As in SocketCluster, making it is enough: unless `start` or `stop` is
 * called within the same turn of the event loop, it starts by itself, logs, drains on SIGTERM, stops on SIGINT and
 * SIGHUP, and sets the exit code when it cannot start. Whoever calls `start` looks after all of that.
 */
export class SocketCluster extends Cluster {
  // The names of its events, as programs of version 14 write them.
  readonly EVENT_FAIL = 'fail';
  readonly EVENT_WARNING = 'warning';
  readonly EVENT_INFO = 'info';
  readonly EVENT_READY = 'ready';
  readonly EVENT_WORKER_START = 'workerStart';
  readonly EVENT_WORKER_EXIT = 'workerExit';
  readonly EVENT_BROKER_START = 'brokerStart';
  readonly EVENT_BROKER_EXIT = 'brokerExit';
  #hasOwner = false;

  /** @throws ClusterError OPTION_INVALID naming every option that is wrong. */
  constructor(input: OptionsInput) {
    super(input);
    this.once('ready', () => this.run());
    setImmediate(() => void this.#startAlone());
  }

  /** Makes one, as `new` does. */
  static create(input: OptionsInput): SocketCluster {
    return new SocketCluster(input);
  }

  /** Called once the cluster is ready. For classes to override; by default it does nothing. */
  run(): unknown {
    return undefined;
  }

  /** Writes text into the log of all processes, where `logLevel` is 3. */
  log(text: string): void {
    this.emit('info', text, ORIGIN);
  }

  override start(): Promise<void> {
    this.#hasOwner = true;
    return super.start();
  }

  override stop(): Promise<void> {
    this.#hasOwner = true;
    return super.stop();
  }

  override drain(): Promise<void> {
    this.#hasOwner = true;
    return super.drain();
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
