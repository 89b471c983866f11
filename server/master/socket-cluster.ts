/**
 * The master: starts brokers, then workers, keeps them alive, and stops them in the other order. What
 * happens to each process is an event here; what the processes do is theirs.
 */
import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type ClusterState, createSnapshots, type Snapshot } from '../observe/index.ts';
import { type Options, type OptionsInput, resolveOptions } from '../options/index.ts';
import {
  backoff,
  type ChildExit,
  createShutdown,
  descriptorLimit,
  entry,
  LEAN_HEAP,
  type Message,
  type Shutdown,
  type Supervised,
  startChild,
  supervise,
} from '../process/index.ts';
import { type Admin, startAdmin } from './admin.ts';
import { forkWorker, prepareForks } from './fork.ts';
import { Fullness } from './fullness.ts';
import { type ClusterPlan, planCluster } from './plan.ts';
import { claimPort } from './port.ts';
import { StateBook } from './state.ts';

/** Time a process has to say that it is ready, milliseconds. */
const READY_WITHIN_MS = 20_000;
/** What the master keeps for itself of the time to stop, milliseconds. */
const STOP_MARGIN_MS = 2_000;

/** What a process's start or end looks like to listeners. */
export interface ProcessEvent {
  id: number;
  pid: number;
  /** True when a process of this id ran before. */
  respawn?: boolean;
  /** True when the master asked for the end. */
  expected?: boolean;
  code?: number | null;
  signal?: string | null;
  /** The end of what it wrote on stderr, and the error it reported. */
  lastWords?: string;
}

interface ClusterEvents {
  ready: [addresses: { port: number; adminPort: number }];
  workerStart: [process: ProcessEvent];
  workerExit: [process: ProcessEvent];
  brokerStart: [process: ProcessEvent];
  brokerExit: [process: ProcessEvent];
}

type Role = 'worker' | 'broker';

export class SocketCluster extends EventEmitter<ClusterEvents> {
  readonly options: Options;
  readonly #book = new StateBook();
  readonly #shutdown: Shutdown;
  readonly #secret = randomBytes(32).toString('hex');
  readonly #started = performance.now();
  readonly #measure: () => Snapshot;
  #phase: ClusterState['phase'] = 'starting';
  #admin: Admin | undefined;
  #fullness: Fullness | undefined;
  #port = 0;

  /** @throws ClusterError OPTION_INVALID naming every option that is wrong. */
  constructor(input: OptionsInput) {
    super();
    const options = resolveOptions({ ...input });
    // One key for all workers: a random one each would have them refuse each other's tokens.
    const authKey = options.authKey ?? randomBytes(32).toString('hex');
    this.options = { ...options, authKey, workerController: resolve(options.workerController) };
    this.#shutdown = createShutdown({ deadlineMs: options.processTermTimeout + STOP_MARGIN_MS });
    this.#measure = createSnapshots('master', 0, () => ({
      connections: 0,
      accepted: 0,
      messagesIn: 0,
      messagesOut: 0,
      counters: {},
    }));
  }

  /** Port the workers listen on. */
  get port(): number {
    return this.#port;
  }

  /** Port of the admin endpoint. */
  get adminPort(): number {
    return this.#admin?.port ?? 0;
  }

  /** The cluster as the admin endpoint shows it. */
  state(): ClusterState {
    return {
      version: 1,
      appName: this.options.appName,
      phase: this.#phase,
      uptime: (performance.now() - this.#started) / 1_000,
      port: this.#port,
      processes: [this.#measure(), ...this.#book.snapshots],
      restarts: this.#book.restarts,
    };
  }

  /**
   * Starts everything and resolves when clients can connect. When it rejects nothing is left running.
   *
   * @throws ClusterError PORT_IN_USE, CONTROLLER_INVALID, PROCESS_FAILED, LIMIT_EXCEEDED.
   */
  async start(): Promise<void> {
    try {
      await this.#startAll();
    } catch (error) {
      await this.stop();
      throw error;
    }
    this.#phase = 'ready';
    this.emit('ready', { port: this.#port, adminPort: this.adminPort });
  }

  /** Sends clients away, then ends workers, brokers and the admin endpoint. */
  async stop(): Promise<void> {
    this.#phase = 'draining';
    await this.#shutdown.close();
  }

  async #startAll(): Promise<void> {
    const { options } = this;
    this.#port = await claimPort(options.port, options.host);
    this.#admin = await startAdmin(options.adminPort, () => this.state());
    this.#shutdown.add('admin endpoint', () => this.#admin?.close());
    const folder = await mkdtemp(join(tmpdir(), 'sc-'));
    this.#shutdown.add('socket folder', () => rm(folder, { recursive: true, force: true }));
    const plan = planCluster(options, folder, descriptorLimit());

    const brokers = plan.brokerPaths.map((path, id) => this.#superviseBroker(id, path));
    this.#shutdown.add('brokers', () => this.#stopAll(brokers));
    await Promise.all(brokers.map((broker) => broker.ready));

    prepareForks(options.schedulingPolicy);
    const workers = Array.from({ length: plan.workers }, (_, id) => this.#superviseWorker(id, plan));
    this.#fullness = new Fullness(plan.workers, (areAllFull) => {
      for (const worker of workers) {
        worker.send({ type: 'allFull', areAllFull });
      }
    });
    this.#shutdown.add('workers', () => this.#stopAll(workers));
    await Promise.all(workers.map((worker) => worker.ready));
  }

  #superviseBroker(id: number, path: string): Supervised {
    return this.#supervise('broker', id, true, {
      start: () => startChild(entry('server/broker/main.js'), { nodeOptions: LEAN_HEAP }),
      startMessage: () => ({ type: 'start', options: { id, path, secret: this.#secret } }),
    });
  }

  #superviseWorker(id: number, plan: ClusterPlan): Supervised {
    const { options } = this;
    return this.#supervise('worker', id, options.rebootWorkerOnCrash, {
      start: forkWorker,
      startMessage: () => ({
        type: 'start',
        options: {
          id,
          options: { ...options, port: this.#port },
          brokers: { paths: plan.brokerPaths, secret: this.#secret },
          maxConnections: plan.maxConnections,
        },
      }),
    });
  }

  #supervise(
    role: Role,
    id: number,
    restart: boolean,
    how: Pick<Parameters<typeof supervise>[0], 'start' | 'startMessage'>,
  ): Supervised {
    let starts = 0;
    const supervised = supervise({
      ...how,
      name: `${role} ${id}`,
      readyWithinMs: READY_WITHIN_MS,
      restart,
      backoff,
      onReady: (_details, pid) => {
        starts += 1;
        this.emit(`${role}Start`, { id, pid, respawn: starts > 1 });
      },
      onExit: (exit) => this.#noteExit(role, id, exit),
      onMessage: (message) => this.#take(id, message),
    });
    // Whoever starts the cluster waits for all of them; the first failure is enough to hear of.
    supervised.ready.catch(() => undefined);
    return supervised;
  }

  #noteExit(role: Role, id: number, exit: ChildExit): void {
    if (role === 'worker') {
      this.#fullness?.note(id, false);
    }
    const { pid, code, signal } = exit;
    const lastWords = exit.failure?.stack ?? exit.failure?.message ?? exit.lastWords;
    if (!exit.expected) {
      this.#book.noteExit({ role, id, pid, code, signal, at: new Date().toISOString(), lastWords });
    }
    this.emit(`${role}Exit`, { id, pid, expected: exit.expected, code, signal, lastWords });
  }

  #take(id: number, message: Message): void {
    if (message.type === 'snapshot') {
      this.#book.note(message['snapshot'] as Snapshot);
    } else if (message.type === 'full') {
      this.#fullness?.note(id, message['isFull'] === true);
    }
  }

  async #stopAll(processes: Supervised[]): Promise<void> {
    await Promise.all(processes.map((supervised) => supervised.stop(this.options.processTermTimeout)));
  }
}
