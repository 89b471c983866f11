/** Clusters of our own as the hosts of one target. Users go to all of them; each can be restarted under load. */
import { randomBytes } from 'node:crypto';
import type { OptionsInput } from '../../../server/options/index.ts';
import type { Exit } from '../../../server/process/index.ts';
import { type Instrument, startTarget, type Target } from '../target.ts';

const KEY_BYTES = 32;

/**
 * Starts so many clusters, called `host-0` and on; one alone has no name. An instrument is for the first.
 *
 * @throws ClusterError with the code the cluster gave, for example PORT_IN_USE.
 */
export async function startHosts(
  count: number,
  options: OptionsInput,
  instrument?: Instrument,
): Promise<Target> {
  if (count === 1) return startTarget(options, instrument);
  // Users bring their tokens from host to host.
  const common = { authKey: randomBytes(KEY_BYTES).toString('hex'), ...options };
  const starting = Array.from({ length: count }, (_, n) =>
    OwnHost.start({ ...common, hostName: `host-${n}` }, n === 0 ? instrument : undefined),
  );
  const started = await Promise.allSettled(starting);
  const hosts = started.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  const stop = async (): Promise<void> => void (await Promise.all(hosts.map((host) => host.stop())));
  if (hosts.length < count) {
    await stop();
    await Promise.all(starting); // Rejects with what the first of them said.
  }
  return {
    ...targetOf(hosts),
    ended: Promise.race(hosts.map(({ lost }) => lost)),
    restart: async (host) => hosts[host]?.restart(),
    stop,
  };
}

/** Where users go, and where the hosts tell of themselves: the same before and after a restart. */
function targetOf(hosts: readonly OwnHost[]): Omit<Target, 'ended' | 'stop'> {
  const [first, ...others] = hosts.map(({ target }) => target);
  if (first === undefined) throw new TypeError('Cannot make a target without hosts');
  const { host, port, path, url, stateUrl } = first;
  const stateUrls = [first, ...others].flatMap((each) => each.stateUrl ?? []);
  const own = stateUrl === undefined ? {} : { stateUrl, hostStateUrls: stateUrls };
  return {
    host,
    port,
    path,
    url,
    ...own,
    others: others.map((each) => ({ host: each.host, port: each.port })),
  };
}

class OwnHost {
  /** Resolves when it ended though nobody asked. */
  readonly lost: Promise<Exit>;
  readonly #options: OptionsInput;
  #lose: (exit: Exit) => void = () => {};
  #target: Target;
  #isLeaving = false;
  #isOver = false;
  #restarted: Promise<void> = Promise.resolve();

  static async start(options: OptionsInput, instrument?: Instrument): Promise<OwnHost> {
    return new OwnHost(await startTarget(options, instrument), options);
  }

  constructor(target: Target, options: OptionsInput) {
    this.#options = options;
    this.lost = new Promise((resolve) => {
      this.#lose = resolve;
    });
    this.#target = this.#watched(target);
  }

  get target(): Target {
    return this.#target;
  }

  /** Drains it, and starts it where it was. @throws ClusterError when it does not start. */
  restart(): Promise<void> {
    this.#restarted = this.#restart();
    return this.#restarted;
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    this.#isLeaving = true;
    await this.#target.stop();
    // One that was about to be there again ends as well; whether it got there was told before.
    await this.#restarted.catch(() => undefined);
  }

  async #restart(): Promise<void> {
    const { port, stateUrl = '' } = this.#target;
    this.#isLeaving = true;
    await this.#target.drain?.();
    if (this.#isOver) return;
    const adminPort = Number(new URL(stateUrl).port);
    const target = await startTarget({ ...this.#options, port, adminPort });
    if (this.#isOver) return target.stop();
    this.#isLeaving = false;
    this.#target = this.#watched(target);
  }

  #watched(target: Target): Target {
    void target.ended.then((exit) => {
      if (!this.#isLeaving) this.#lose(exit);
    });
    return target;
  }
}
