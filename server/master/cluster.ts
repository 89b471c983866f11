/**
 * The master: starts brokers, workers and balancers in this order, keeps them alive, and stops them. What
 * happens to each process is an event here; what the processes do is theirs.
 */
import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { rm } from 'node:fs/promises';
import { ClusterError } from '../errors/index.ts';
import { type ClusterState, createSnapshots } from '../observe/index.ts';
import { type Options, type OptionsInput, resolveOptions } from '../options/index.ts';
import { descriptorLimit, type Supervised } from '../process/index.ts';
import type { Answered } from '../process/messages/index.ts';
import { restartAll, TERM_MS } from './group.ts';
import { interrupted, Lifetime } from './lifetime.ts';
import { type Admin, claimPort, makeSocketFolder, startAdmin } from './listen/index.ts';
import { planCluster } from './plan.ts';
import { Processes, PublicSide, startBrokers } from './processes/index.ts';
import {
  type ClusterEvents,
  completeOptions,
  findControllers,
  findUser,
  type Instrumented,
  type Origin,
} from './roles/index.ts';

/**
 * Time for all that is closed after the workers: balancers, brokers, files, the admin endpoint. Milliseconds, more
 * than the TERM_MS of balancers and of brokers together, or the rest stays open.
 */
const STOP_MARGIN_MS = 3_000;

/** A master holds no clients and carries no messages. */
const NO_CLIENTS = { connections: 0, accepted: 0, messagesIn: 0, messagesOut: 0, counters: {} };

/** What the master says comes from here. */
export const ORIGIN: Origin = { role: 'master', id: 0, pid: process.pid };

export class Cluster extends EventEmitter<ClusterEvents> {
  readonly options: Options;
  readonly #lifetime: Lifetime;
  readonly #processes: Processes;
  readonly #warnings: string[] = [];
  readonly #madeAt = performance.now();
  readonly #measure = createSnapshots('master', 0, () => NO_CLIENTS);
  readonly #instrumented: Instrumented | undefined;
  #admin: Admin | undefined;
  readonly #public: PublicSide;
  #brokers: readonly Supervised[] = [];
  #port = 0;
  #started: Promise<void> | undefined;
  #stopped: Promise<void> | undefined;

  /** @throws ClusterError OPTION_INVALID naming every option that is wrong. */
  constructor(input: OptionsInput, instrumented?: Instrumented) {
    super();
    this.#instrumented = instrumented;
    this.options = completeOptions(resolveOptions(input, (warning) => this.#warnings.push(warning)));
    this.#lifetime = new Lifetime(this.options.processTermTimeout + STOP_MARGIN_MS);
    this.#processes = new Processes(this, this.options);
    this.#public = new PublicSide(this.#processes, this.#lifetime, this.options);
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
    const { appName, hostName } = this.options;
    const { phase } = this.#lifetime;
    const { restarts, snapshots } = this.#processes.book;
    const uptime = (performance.now() - this.#madeAt) / 1_000;
    const processes = [{ ...this.#measure(), ageMs: 0 }, ...snapshots];
    const isReady = phase === 'ready' && this.#processes.takesClients;
    const draining = this.#lifetime.hasEnded;
    const departures = draining ? this.#public.departures : {};
    const figures = { uptime, port: this.#port, processes, restarts };
    const host = hostName === undefined ? {} : { host: hostName };
    return { version: 1, appName, ...host, phase, isReady, draining, ...departures, ...figures };
  }

  /**
   * Starts everything and resolves when clients can connect. When it rejects nothing is left running. Calling it
   * again gives the same answer, until the cluster is stopped; then there is no other start.
   *
   * @throws ClusterError PORT_IN_USE, OPTION_INVALID, CONTROLLER_INVALID, PROCESS_FAILED, LIMIT_EXCEEDED, and
   * RUN_INTERRUPTED when it was stopped meanwhile.
   */
  start(): Promise<void> {
    if (this.#lifetime.hasEnded) {
      return Promise.reject(interrupted('start'));
    }
    this.#started ??= this.#start();
    return this.#started;
  }

  /** Closes the public port and sends clients away, then ends workers, balancers, brokers and the admin endpoint. */
  stop(): Promise<void> {
    this.#stopped ??= this.#end({ isDrain: false });
    return this.#stopped;
  }

  /**
   * The same in peace, as others take this one's clients up: few, too, leave evenly over `drainWindow`, and who knocks
   * meanwhile is answered 503. What `stop` or `drain` has begun goes on as it began.
   */
  drain(): Promise<void> {
    this.#stopped ??= this.#end({ isDrain: true });
    return this.#stopped;
  }

  /** The same as `stop`, as version 14 has it. */
  destroy(callback?: () => void): Promise<void> {
    const stopped = this.stop();
    void stopped.then(callback);
    return stopped;
  }

  /**
   * Replaces each worker, one after the other: a new one takes clients before the old one sends its own away. A new
   * one that does not get ready is given up, the old one stays, and the rest is left as it is.
   *
   * Rejects then with its error, and with RUN_INTERRUPTED when the cluster is stopped; nobody needs to wait for it.
   */
  rollWorkers(): Promise<void> {
    return this.#replace('roll the workers', async () => {
      this.emit('info', 'rolling the workers', ORIGIN);
      for (const worker of this.#public.workers) {
        await worker.restart(this.options.processTermTimeout);
      }
    });
  }

  /**
   * Replaces all workers at the same time: by new ones that take clients before the old ones send theirs away or, if
   * `immediate`, at once.
   */
  killWorkers(how: { immediate?: boolean } = {}): Promise<void> {
    const withinMs = how.immediate === true ? 0 : this.options.processTermTimeout;
    return this.#kill('replace the workers', () => this.#public.replaceWorkers(withinMs));
  }

  /** Replaces all brokers at the same time. What they keep is lost; workers subscribe again. */
  killBrokers(how: { immediate?: boolean } = {}): Promise<void> {
    const withinMs = how.immediate === true ? 0 : TERM_MS;
    return this.#kill('replace the brokers', () => restartAll(this.#brokers, withinMs));
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

  async #start(): Promise<void> {
    try {
      await this.#startAll();
    } catch (error) {
      const wasStopped = this.#lifetime.hasEnded;
      await this.stop();
      if (wasStopped) {
        throw interrupted('start', error);
      }
      this.emit('fail', error);
      throw error;
    }
    this.#lifetime.becomeReady();
    this.emit('ready', { port: this.#port, adminPort: this.adminPort });
  }

  async #startAll(): Promise<void> {
    const { options } = this;
    for (const warning of this.#warnings.splice(0)) {
      this.emit('warning', new Error(warning), ORIGIN);
    }
    const lifetime = this.#lifetime;
    findControllers(options);
    const user = findUser(options.downgradeToUser);
    this.#port = await claimPort(options.port, options.host);
    this.#admin = await startAdmin(options, () => this.state());
    await lifetime.closeAtEnd('admin endpoint', async () => this.#admin?.close());
    const folder = await makeSocketFolder({ root: options.socketRoot, owner: user });
    await lifetime.closeAtEnd('socket folder', () => rm(folder, { recursive: true, force: true }));
    const plan = planCluster(options, folder, descriptorLimit());
    const secret = options.secretKey ?? randomBytes(32).toString('hex');
    const setting = { options, port: this.#port, secret, plan, user, instrumented: this.#instrumented };

    this.#brokers = await startBrokers(setting, this.#processes, lifetime);
    await this.#public.start(setting);
  }

  /** Nobody needs to wait for it, so what goes wrong is told as a warning too. */
  #kill(what: string, work: () => Promise<void>): Promise<void> {
    const killed = this.#replace(what, work);
    killed.catch((error: Error) => {
      if (!this.#lifetime.hasEnded) {
        this.emit('warning', error, ORIGIN);
      }
    });
    return killed;
  }

  /** Does what a running cluster can do, such as `roll the workers`. */
  #replace(what: string, work: () => Promise<void>): Promise<void> {
    const done = this.#whileReady(what, work);
    done.catch(ignore);
    return done;
  }

  async #whileReady(what: string, work: () => Promise<void>): Promise<void> {
    if (this.#lifetime.phase === 'starting') {
      throw new ClusterError(`Cannot ${what}: the cluster is not ready yet`, { code: 'PROCESS_FAILED' });
    }
    try {
      this.#lifetime.goOn();
      await work();
    } catch (error) {
      throw this.#lifetime.hasEnded ? interrupted(what, error) : error;
    }
  }

  async #end({ isDrain }: { isDrain: boolean }): Promise<void> {
    const leaveMs = Math.max(this.options.processTermTimeout, this.#public.prepareToEnd(isDrain));
    for (const problem of await this.#lifetime.end(leaveMs + STOP_MARGIN_MS)) {
      this.emit('warning', problem, ORIGIN);
    }
    if (isDrain) {
      const { sentAway, cutOff } = this.#public.departures;
      this.emit('info', `drained: ${sentAway} clients were sent away, ${cutOff} cut off`, ORIGIN);
    }
  }
}

/** Whoever waits hears it. */
function ignore(): void {}
