/**
 * The master: starts brokers, workers and balancers in this order, keeps them alive, and stops them. What
 * happens to each process is an event here; what the processes do is theirs.
 */
import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClusterError } from '../errors/index.ts';
import { type ClusterState, createSnapshots, type Snapshot } from '../observe/index.ts';
import { type Options, type OptionsInput, resolveOptions } from '../options/index.ts';
import {
  backoff,
  type ChildExit,
  createShutdown,
  descriptorLimit,
  type Message,
  type Shutdown,
  type Supervised,
  supervise,
} from '../process/index.ts';
import { Evenness } from './evenness.ts';
import { prepareForks } from './fork.ts';
import { range, sendAll, stopAll } from './group.ts';
import { type Admin, claimPort, startAdmin } from './listen/index.ts';
import { planCluster } from './plan.ts';
import {
  type ClusterEvents,
  completeOptions,
  type How,
  howToRunBalancer,
  howToRunBroker,
  howToRunWorker,
  Relay,
  type Role,
  type Setting,
} from './roles/index.ts';
import { StateBook } from './state.ts';

/** Time a process has to say that it is ready, milliseconds. */
const READY_WITHIN_MS = 20_000;
/** Time for all that is closed after the workers: balancers, brokers, files, the admin endpoint. Milliseconds. */
const STOP_MARGIN_MS = 3_000;
/** The others have nothing to drain once the workers are gone; less than half the margin, or the rest stays open. */
const TERM_MS = 1_000;

/** A master holds no clients and carries no messages. */
const NO_CLIENTS = { connections: 0, accepted: 0, messagesIn: 0, messagesOut: 0, counters: {} };

export class SocketCluster extends EventEmitter<ClusterEvents> {
  readonly options: Options;
  readonly #book = new StateBook();
  readonly #shutdown: Shutdown;
  readonly #secret = randomBytes(32).toString('hex');
  readonly #started = performance.now();
  readonly #measure = createSnapshots('master', 0, () => NO_CLIENTS);
  #phase: ClusterState['phase'] = 'starting';
  #admin: Admin | undefined;
  #evenness: Evenness | undefined;
  #relay: Relay | undefined;
  #working: readonly Supervised[] = [];
  #port = 0;

  /** @throws ClusterError OPTION_INVALID naming every option that is wrong. */
  constructor(input: OptionsInput) {
    super();
    this.options = completeOptions(resolveOptions({ ...input }));
    this.#shutdown = createShutdown({ deadlineMs: this.options.processTermTimeout + STOP_MARGIN_MS });
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
    const uptime = (performance.now() - this.#started) / 1_000;
    const processes = [this.#measure(), ...this.#book.snapshots];
    const { restarts } = this.#book;
    return { version: 1, appName, phase: this.#phase, uptime, port: this.#port, processes, restarts };
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
      const reason = this.#phase === 'draining' ? interrupted(error) : error;
      await this.stop();
      throw reason;
    }
    this.#phase = 'ready';
    this.emit('ready', { port: this.#port, adminPort: this.adminPort });
  }

  /** Closes the public port and sends clients away, then ends workers, balancers, brokers and the admin endpoint. */
  async stop(): Promise<void> {
    this.#phase = 'draining';
    await this.#shutdown.close();
  }

  /** Replaces each worker by a new one, one after the other. Rejects when a new one does not get ready. */
  async rollWorkers(): Promise<void> {
    for (const worker of this.#working) {
      await worker.restart(this.options.processTermTimeout);
    }
  }

  async #startAll(): Promise<void> {
    const { options } = this;
    this.#port = await claimPort(options.port, options.host);
    const admin = await startAdmin(options.adminPort, () => this.state());
    this.#admin = admin;
    await this.#closeAtEnd('admin endpoint', () => admin.close());
    const folder = await mkdtemp(join(tmpdir(), 'sc-'));
    await this.#closeAtEnd('socket folder', () => rm(folder, { recursive: true, force: true }));
    const plan = planCluster(options, folder, descriptorLimit());
    const setting = { options, port: this.#port, secret: this.#secret, plan };

    const brokers = plan.brokerPaths.map((_, id) =>
      this.#supervise('broker', id, howToRunBroker(setting, id)),
    );
    await this.#closeAtEnd('brokers', () => stopAll(brokers, TERM_MS));
    await this.#allReady(brokers);
    await this.#startPublic(setting);
  }

  /** Starts the processes that share the public port, or stand behind it. */
  async #startPublic(setting: Setting): Promise<void> {
    const { balancers: balancersWanted, processTermTimeout, schedulingPolicy, workers } = this.options;
    prepareForks(schedulingPolicy);
    const balancers: Supervised[] = [];
    const relay = new Relay((message) => sendAll(balancers, message));
    this.#relay = relay;
    // After the workers, as those under TLS carry what workers still have to say.
    await this.#closeAtEnd('balancers', async () => {
      relay.stop();
      await stopAll(balancers, TERM_MS);
    });

    const working = range(workers).map((id) =>
      this.#supervise('worker', id, howToRunWorker(setting, id, relay)),
    );
    this.#working = working;
    this.#evenness = new Evenness({
      maxConnections: setting.plan.maxConnections,
      changed: (rule) => sendAll(working, { type: 'rule', rule }),
    });
    await this.#closeAtEnd('workers', () => stopAll(working, processTermTimeout));
    await this.#allReady(working);

    for (const id of range(balancersWanted)) {
      balancers.push(this.#supervise('balancer', id, howToRunBalancer(setting, id, relay)));
    }
    await this.#closeAtEnd('public port', async () => sendAll(balancers, { type: 'closePort' }));
    await this.#allReady(balancers);
  }

  async #allReady(processes: Supervised[]): Promise<void> {
    await Promise.all(processes.map(({ ready }) => ready));
    this.#goOnUnlessStopped();
  }

  /** Notes what is open now. When a stop came while it was being opened, nobody else would close it. */
  async #closeAtEnd(name: string, close: () => Promise<void>): Promise<void> {
    if (this.#phase === 'draining') {
      await close();
    }
    this.#goOnUnlessStopped();
    this.#shutdown.add(name, close);
  }

  #goOnUnlessStopped(): void {
    if (this.#phase === 'draining') {
      throw interrupted();
    }
  }

  #supervise(role: Role, id: number, how: How): Supervised {
    let starts = 0;
    return supervise({
      ...how,
      name: `${role} ${id}`,
      readyWithinMs: READY_WITHIN_MS,
      backoff,
      onReady: (_details, pid) => {
        starts += 1;
        if (role === 'worker') {
          this.#evenness?.note(id, 0);
          this.#relay?.open(id);
        }
        this.emit(`${role}Start`, { id, pid, respawn: starts > 1 });
      },
      onExit: (exit) => this.#noteExit(role, id, exit),
      onMessage: (message) => this.#take(id, message),
    });
  }

  #noteExit(role: Role, id: number, exit: ChildExit): void {
    if (role === 'worker') {
      this.#evenness?.forget(id);
      this.#relay?.close(id);
    }
    const { pid, code, signal } = exit;
    const lastWords = exit.failure?.stack ?? exit.failure?.message ?? exit.lastWords;
    if (!exit.expected) {
      this.#book.noteExit({ role, id, pid, code, signal, at: new Date().toISOString(), lastWords });
    }
    this.emit(`${role}Exit`, { id, pid, expected: exit.expected, code, signal, lastWords });
  }

  #take(id: number, message: Message): void {
    switch (message.type) {
      case 'snapshot': {
        const snapshot = message['snapshot'] as Snapshot;
        this.#book.note(snapshot);
        if (snapshot.role === 'worker') {
          this.#evenness?.hear(id);
          this.#relay?.noteConnections(id, snapshot.connections);
        }
        return;
      }
      case 'connections':
        this.#evenness?.note(id, Number(message['connections']));
        this.#relay?.noteFull(id, message['isFull'] === true);
        return;
      case 'dealt':
        this.#relay?.noteDealt(message);
    }
  }
}

function interrupted(cause?: unknown): ClusterError {
  return new ClusterError('Cannot start the cluster: it was stopped', { code: 'RUN_INTERRUPTED', cause });
}
