/** The processes that own the public port or stand behind it: how they are started, in order, and closed. */
import type { Options } from '../../options/index.ts';
import { farewellOf, timeFor } from '../../process/farewell/index.ts';
import { holdPort } from '../../process/handover/index.ts';
import type { Supervised } from '../../process/index.ts';
import { Evenness } from '../evenness.ts';
import { isDealt, prepareForks } from '../fork.ts';
import { allReady, range, restartAll, sendAll, stopAll, TERM_MS } from '../group.ts';
import type { Lifetime } from '../lifetime.ts';
import { type How, howToRunBalancer, howToRunWorker, Relay, type Setting } from '../roles/index.ts';
import { watchBalancers, watchWorkers } from './dealing.ts';
import { DepartureBook, type Departures } from './departures.ts';
import { limitMemory } from './memory.ts';
import type { Processes, Watcher } from './processes.ts';

export class PublicSide {
  readonly #processes: Processes;
  readonly #lifetime: Lifetime;
  readonly #options: Options;
  readonly #departures = new DepartureBook();
  #workers: readonly Supervised[] = [];
  /** Whether workers that leave now do so all at the same time. */
  #areTogether = false;
  #isDrain = false;

  constructor(processes: Processes, lifetime: Lifetime, options: Options) {
    this.#processes = processes;
    this.#lifetime = lifetime;
    this.#options = options;
  }

  /** By their numbers; none before the start. */
  get workers(): readonly Supervised[] {
    return this.#workers;
  }

  /** What has become of the clients since the end began. */
  get departures(): Departures {
    return this.#departures.sum(this.#processes.book.snapshots);
  }

  /** Starts workers, then balancers. Resolves when all are ready. */
  async start(setting: Setting): Promise<void> {
    const lifetime = this.#lifetime;
    const { balancers: balancersWanted, processTermTimeout, workers } = setting.options;
    const shared = await this.#holdPort(setting);
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
    const watcher = this.#watch(watchWorkers(evenness, relay));
    const working = range(workers).map((id) => {
      const how = { ...howToRunWorker(shared, id, relay), leave: () => this.#leave(id) };
      return this.#processes.supervise('worker', id, how, watcher);
    });
    this.#workers = working;
    await lifetime.closeAtEnd('workers', () => stopAll(working, processTermTimeout));
    await allReady(working);
    lifetime.goOn();

    for (const id of range(balancersWanted)) {
      const how = howToRunBalancer(shared, id, relay);
      balancers.push(this.#processes.supervise('balancer', id, how, watchBalancers(relay)));
    }
    await lifetime.closeAtEnd('public port', async () => {
      shared.held?.close();
      sendAll(balancers, { type: 'closePort' });
    });
    await allReady(balancers);
    lifetime.goOn();
    await this.#limitMemory();
  }

  /** Replaces all workers at the same time; `withinMs` of 0 ends the old ones at once. */
  async replaceWorkers(withinMs: number): Promise<void> {
    this.#areTogether = true;
    try {
      await restartAll(this.#workers, withinMs);
    } finally {
      this.#areTogether = false;
    }
  }

  /** Has all workers leave for good when they are closed, in a drain or in haste. Returns how long they may take, ms. */
  prepareToEnd(isDrain: boolean): number {
    this.#areTogether = true;
    this.#isDrain = isDrain;
    return Math.max(0, ...range(this.#workers.length).map((id) => this.#leave(id).withinMs));
  }

  /** How a worker leaves now, by the clients it has. */
  #leave(id: number): ReturnType<NonNullable<How['leave']>> {
    const sharing = this.#areTogether ? { sharers: this.#options.workers, place: id } : {};
    const farewell = farewellOf(this.#options, { isDrain: this.#isDrain, ...sharing });
    const own = this.#processes.book.snapshots.find((one) => one.role === 'worker' && one.id === id);
    return { withinMs: timeFor(farewell, own?.connections ?? 0), farewell };
  }

  /** Hears besides what becomes of the clients. */
  #watch(watcher: Watcher): Watcher {
    return {
      ...watcher,
      ended: (id, pid) => {
        watcher.ended?.(id, pid);
        this.#departures.end(id);
      },
      heard: (id, message) => {
        watcher.heard(id, message);
        if (message.type === 'departures') {
          this.#departures.note(id, message);
        }
      },
    };
  }

  async #limitMemory(): Promise<void> {
    const { killWorkerMemoryThreshold, processTermTimeout, workerStatusInterval } = this.#options;
    if (killWorkerMemoryThreshold === undefined) {
      return;
    }
    const processes = this.#processes;
    const stopLooking = limitMemory({
      mostBytes: killWorkerMemoryThreshold,
      intervalMs: workerStatusInterval,
      withinMs: processTermTimeout,
      workers: this.#workers,
      snapshots: () => processes.book.snapshots,
      warn: (id, pid, warning) => processes.tellWarning(warning, { role: 'worker', id, pid }),
      giveUp: (id, pid, error) => processes.tellError(error, { role: 'worker', id, pid, isFatal: false }),
    });
    await this.#lifetime.closeAtEnd('memory limit', async () => stopLooking());
  }

  /**
   * Holds the port for processes that accept by themselves, so that it stays open while the only one is being
   * started again. Where none would be, nobody may wait for it.
   */
  async #holdPort(setting: Setting): Promise<Setting> {
    const { balancers, host, rebootWorkerOnCrash, schedulingPolicy, workers } = setting.options;
    const sharers = balancers > 0 ? balancers : workers;
    prepareForks(schedulingPolicy, sharers);
    const isHeld = !isDealt(schedulingPolicy, sharers) && (balancers > 0 || rebootWorkerOnCrash);
    return isHeld ? { ...setting, held: await holdPort(setting.port, host) } : setting;
  }
}
