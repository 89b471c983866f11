/**
 * The master: starts brokers, workers and balancers in this order, keeps them alive, and stops them. What
 * happens to each process is an event here; what the processes do is theirs.
 */
import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { rm } from 'node:fs/promises';
import type { ClusterState } from '../observe/index.ts';
import { createSnapshots } from '../observe/index.ts';
import { type Options, type OptionsInput, resolveOptions } from '../options/index.ts';
import { descriptorLimit, type Supervised } from '../process/index.ts';
import type { Answered } from '../process/messages/index.ts';
import { Evenness } from './evenness.ts';
import { prepareForks } from './fork.ts';
import { range, restartAll, sendAll, stopAll } from './group.ts';
import { interrupted, Lifetime } from './lifetime.ts';
import { type Admin, claimPort, makeSocketFolder, startAdmin } from './listen/index.ts';
import { planCluster } from './plan.ts';
import { limitMemory, Processes, watchBalancers, watchWorkers } from './processes/index.ts';
import {
  type ClusterEvents,
  completeOptions,
  findUser,
  howToRunBalancer,
  howToRunBroker,
  howToRunWorker,
  type Origin,
  Relay,
  type Setting,
} from './roles/index.ts';

/** Time for all that is closed after the workers: balancers, brokers, files, the admin endpoint. Milliseconds. */
const STOP_MARGIN_MS = 3_000;
/** The others have nothing to drain once the workers are gone; less than half the margin, or the rest stays open. */
const TERM_MS = 1_000;

/** A master holds no clients and carries no messages. */
const NO_CLIENTS = { connections: 0, accepted: 0, messagesIn: 0, messagesOut: 0, counters: {} };

const ORIGIN: Origin = { role: 'master', id: 0, pid: process.pid };

export class SocketCluster extends EventEmitter<ClusterEvents> {
  readonly options: Options;
  readonly #lifetime: Lifetime;
  readonly #processes: Processes;
  readonly #warnings: string[] = [];
  readonly #started = performance.now();
  readonly #measure = createSnapshots('master', 0, () => NO_CLIENTS);
  #admin: Admin | undefined;
  #brokers: readonly Supervised[] = [];
  #workers: readonly Supervised[] = [];
  #port = 0;
  #stopped: Promise<void> | undefined;

  /** @throws ClusterError OPTION_INVALID naming every option that is wrong. */
  constructor(input: OptionsInput) {
    super();
    this.options = completeOptions(resolveOptions({ ...input }, (warning) => this.#warnings.push(warning)));
    this.#lifetime = new Lifetime(this.options.processTermTimeout + STOP_MARGIN_MS);
    this.#processes = new Processes(this, this.options);
  }

  /** The public port. */
  get port(): number {
    return this.#port;
  }

  /** Port of the admin endpoint. */
  get adminPort(): number {
    return this.#admin?.port ?? 0;
  }

  /** The cluster as the admin endpoint shows it. */
  state(): ClusterState {
    const { appName } = this.options;
    const { phase } = this.#lifetime;
    const { restarts, snapshots } = this.#processes.book;
    const uptime = (performance.now() - this.#started) / 1_000;
    const processes = [this.#measure(), ...snapshots];
    return { version: 1, appName, phase, uptime, port: this.#port, processes, restarts };
  }

  /**
   * Starts everything and resolves when clients can connect. When it rejects nothing is left running.
   *
   * @throws ClusterError PORT_IN_USE, OPTION_INVALID, CONTROLLER_INVALID, PROCESS_FAILED, LIMIT_EXCEEDED, and
   * RUN_INTERRUPTED when it was stopped meanwhile.
   */
  async start(): Promise<void> {
    try {
      await this.#startAll();
    } catch (error) {
      const wasStopped = this.#lifetime.hasEnded;
      await this.stop();
      if (wasStopped) {
        throw interrupted(error);
      }
      this.emit('fail', error);
      throw error;
    }
    this.#lifetime.becomeReady();
    this.emit('ready', { port: this.#port, adminPort: this.adminPort });
  }

  /** Closes the public port and sends clients away, then ends workers, balancers, brokers and the admin endpoint. */
  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  /** The same as `stop`, as version 14 has it. */
  destroy(callback?: () => void): Promise<void> {
    const stopped = this.stop();
    void stopped.then(callback);
    return stopped;
  }

  /** Replaces each worker by a new one, one after the other. Rejects when a new one does not get ready. */
  async rollWorkers(): Promise<void> {
    this.emit('info', 'rolling the workers', ORIGIN);
    for (const worker of this.#workers) {
      await worker.restart(this.options.processTermTimeout);
    }
  }

  /** Replaces all workers at the same time, once their clients were sent away or, if `immediate`, at once. */
  killWorkers(how: { immediate?: boolean } = {}): Promise<void> {
    return this.#kill(this.#workers, how.immediate === true ? 0 : this.options.processTermTimeout);
  }

  /** Replaces all brokers at the same time. What they keep is lost; workers subscribe again. */
  killBrokers(how: { immediate?: boolean } = {}): Promise<void> {
    return this.#kill(this.#brokers, how.immediate === true ? 0 : TERM_MS);
  }

  /**
   * Sends data, anything JSON can hold, to the listeners of `masterMessage` in a worker. Resolves with their
   * answer, and calls back with it; nobody needs to wait for it. Rejects with what they answer as an error, and
   * with ClusterError MESSAGE_UNANSWERED when the worker does not run, has ended or has not answered in time.
   */
  sendToWorker(id: number, data: unknown, callback?: Answered): Promise<unknown> {
    return this.#processes.send('worker', id, data, callback);
  }

  /** The same for a broker. */
  sendToBroker(id: number, data: unknown, callback?: Answered): Promise<unknown> {
    return this.#processes.send('broker', id, data, callback);
  }

  async #startAll(): Promise<void> {
    const { options } = this;
    for (const warning of this.#warnings.splice(0)) {
      this.emit('warning', new Error(warning), ORIGIN);
    }
    const lifetime = this.#lifetime;
    const user = findUser(options.downgradeToUser);
    this.#port = await claimPort(options.port, options.host);
    const admin = await startAdmin(options.adminPort, () => this.state());
    this.#admin = admin;
    await lifetime.closeAtEnd('admin endpoint', () => admin.close());
    const folder = await makeSocketFolder({ root: options.socketRoot, owner: user });
    await lifetime.closeAtEnd('socket folder', () => rm(folder, { recursive: true, force: true }));
    const plan = planCluster(options, folder, descriptorLimit());
    const secret = options.secretKey ?? randomBytes(32).toString('hex');
    const setting = { options, port: this.#port, secret, plan, ...(user === undefined ? {} : { user }) };

    const brokers = plan.brokerPaths.map((_, id) =>
      this.#processes.supervise('broker', id, howToRunBroker(setting, id)),
    );
    this.#brokers = brokers;
    await lifetime.closeAtEnd('brokers', () => stopAll(brokers, TERM_MS));
    await this.#allReady(brokers);
    await this.#startPublic(setting);
  }

  /** Starts the processes that share the public port, or stand behind it. */
  async #startPublic(setting: Setting): Promise<void> {
    const { balancers: balancersWanted, processTermTimeout, schedulingPolicy, workers } = this.options;
    const lifetime = this.#lifetime;
    prepareForks(schedulingPolicy, balancersWanted > 0 ? balancersWanted : workers);
    const balancers: Supervised[] = [];
    const relay = new Relay((message) => sendAll(balancers, message));
    // After the workers, as those under TLS carry what workers still have to say.
    await lifetime.closeAtEnd('balancers', async () => {
      relay.stop();
      await stopAll(balancers, TERM_MS);
    });

    const evenness = new Evenness({
      maxConnections: setting.plan.maxConnections,
      changed: (rule) => sendAll(this.#workers, { type: 'rule', rule }),
    });
    const watcher = watchWorkers(evenness, relay);
    const working = range(workers).map((id) =>
      this.#processes.supervise('worker', id, howToRunWorker(setting, id, relay), watcher),
    );
    this.#workers = working;
    await lifetime.closeAtEnd('workers', () => stopAll(working, processTermTimeout));
    await this.#allReady(working);
    await this.#limitMemory();

    for (const id of range(balancersWanted)) {
      const how = howToRunBalancer(setting, id, relay);
      balancers.push(this.#processes.supervise('balancer', id, how, watchBalancers(relay)));
    }
    await lifetime.closeAtEnd('public port', async () => sendAll(balancers, { type: 'closePort' }));
    await this.#allReady(balancers);
  }

  async #allReady(processes: readonly Supervised[]): Promise<void> {
    await Promise.all(processes.map(({ ready }) => ready));
    this.#lifetime.goOn();
  }

  async #limitMemory(): Promise<void> {
    const { killWorkerMemoryThreshold, processTermTimeout, workerStatusInterval } = this.options;
    if (killWorkerMemoryThreshold === undefined) {
      return;
    }
    const stopLooking = limitMemory({
      mostBytes: killWorkerMemoryThreshold,
      intervalMs: workerStatusInterval,
      withinMs: processTermTimeout,
      workers: this.#workers,
      snapshots: () => this.#processes.book.snapshots,
      warn: (id, pid, warning) => this.emit('warning', warning, { role: 'worker', id, pid }),
    });
    await this.#lifetime.closeAtEnd('memory limit', async () => stopLooking());
  }

  /** Nobody needs to wait for it, so what goes wrong is told as a warning too. */
  #kill(processes: readonly Supervised[], withinMs: number): Promise<void> {
    const killed = restartAll(processes, withinMs);
    killed.catch((error: Error) => this.emit('warning', error, ORIGIN));
    return killed;
  }

  async #stop(): Promise<void> {
    for (const problem of await this.#lifetime.end()) {
      this.emit('warning', problem, ORIGIN);
    }
  }
}
