/** The processes that own the public port or stand behind it: how they are started, in order, and closed. */
import { holdPort } from '../../process/handover/index.ts';
import type { Supervised } from '../../process/index.ts';
import { Evenness } from '../evenness.ts';
import { isDealt, prepareForks } from '../fork.ts';
import { allReady, range, sendAll, stopAll, TERM_MS } from '../group.ts';
import type { Lifetime } from '../lifetime.ts';
import { howToRunBalancer, howToRunWorker, Relay, type Setting } from '../roles/index.ts';
import { watchBalancers, watchWorkers } from './dealing.ts';
import type { Processes } from './processes.ts';

export class PublicSide {
  readonly #processes: Processes;
  readonly #lifetime: Lifetime;
  #workers: readonly Supervised[] = [];

  constructor(processes: Processes, lifetime: Lifetime) {
    this.#processes = processes;
    this.#lifetime = lifetime;
  }

  /** By their numbers; none before the start. */
  get workers(): readonly Supervised[] {
    return this.#workers;
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
    const watcher = watchWorkers(evenness, relay);
    const working = range(workers).map((id) =>
      this.#processes.supervise('worker', id, howToRunWorker(shared, id, relay), watcher),
    );
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
