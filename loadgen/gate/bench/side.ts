/** One build in one block: its server, its clients, and what both say of a window. */
import { type Arm, ServerBrokeDown } from '../../../reports/gate/index.ts';
import { memoryOf } from '../../host/index.ts';
import type { HeapUse } from './application/index.ts';
import type { Cluster } from './cluster/index.ts';
import type { Generator, Load, LoadFigures } from './generator/index.ts';
import { beginUse, countEnded, type ServerUse } from './machine/index.ts';
import { isWarm, SLICE_SECONDS, type WarmSlice, type WarmUp } from './warm-up.ts';

/** What all blocks of a job have in common. */
export interface Site {
  readonly users: number;
  /** Core of the servers; undefined where they have none of their own. */
  readonly core: number | undefined;
  readonly countsInstructions: boolean;
}

/** What a side is made of. */
interface Parts {
  readonly cluster: Pick<Cluster, 'lines' | 'path' | 'pids' | 'port'>;
  readonly generator: Pick<Generator, 'connect' | 'leave' | 'load'>;
  readonly site: Site;
}

/** What one window says, from both ends. */
export interface Measured {
  readonly load: LoadFigures;
  readonly use: ServerUse;
  readonly heap: HeapUse;
}

/** Clients that come and go before memory is measured, so that the others do not pay for code that is loaded with them. */
const FIRST_USERS = 100;

/** Collections in a row, and a difference between two of them that is none. */
const MOST_COLLECTIONS = 10;
const SETTLED_WITHIN_BYTES = 65_536;

/** A server with its clients. Whatever loads it fails with ServerBrokeDown when a process of the server ends meanwhile. */
export class Side {
  readonly #arm: Arm;
  readonly #cluster: Parts['cluster'];
  readonly #generator: Parts['generator'];
  readonly #site: Site;

  constructor(arm: Arm, parts: Parts) {
    this.#arm = arm;
    this.#cluster = parts.cluster;
    this.#generator = parts.generator;
    this.#site = parts.site;
  }

  /** Connects the clients that load it. */
  connect(): Promise<void> {
    return this.#underLoad(this.#join(this.#arm, this.#site.users, false));
  }

  /**
   * Gives the bytes of one idle connection: growth of the workers' memory, without what nobody holds. A figure that
   * is not above zero says that the host was too busy to tell.
   */
  memory(idleUsers: number): Promise<number> {
    return this.#underLoad(this.#takeMemory(idleUsers));
  }

  async #takeMemory(idleUsers: number): Promise<number> {
    const idle = `${this.#arm}-idle`;
    await this.#join(idle, FIRST_USERS, true);
    await this.#generator.leave(idle);
    const empty = await this.#heldBytes();
    await this.#join(idle, idleUsers, true);
    const full = await this.#heldBytes();
    await this.#generator.leave(idle);
    return (full - empty) / idleUsers;
  }

  /** Loads it until it is warm. */
  async warm(warmUp: WarmUp): Promise<void> {
    const slices: WarmSlice[] = [];
    while (!isWarm(slices, warmUp)) {
      const { load, use } = await this.measure({ mode: 'timed', seconds: SLICE_SECONDS });
      slices.push({ seconds: load.seconds, messages: load.messages.answered, cpuMicros: use.cpuMicros });
    }
  }

  /** Lets what is planted into it work, or rest. */
  async turn(state: 'work' | 'rest'): Promise<void> {
    await this.#cluster.lines.ask(state);
  }

  /** Loads it for one window. */
  measure(load: Load): Promise<Measured> {
    return this.#underLoad(this.#takeWindow(load));
  }

  async #takeWindow(load: Load): Promise<Measured> {
    const { lines, pids } = this.#cluster;
    const { core, countsInstructions } = this.#site;
    await lines.ask('begin');
    const endUse = await beginUse({
      pids,
      core,
      // A warm-up is not worth starting a process for.
      countsInstructions: countsInstructions && load.mode !== 'timed',
    });
    const figures = await this.#generator.load(this.#arm, load);
    const use = await endUse();
    const heaps = await lines.ask<HeapUse>('end');
    const total = (of: keyof HeapUse): number => heaps.reduce((sum, heap) => sum + heap[of], 0);
    return {
      load: figures,
      use,
      heap: { allocatedBytes: total('allocatedBytes'), gcMicros: total('gcMicros') },
    };
  }

  /** Waits for what loads the server. Neither figures nor errors count when a process of it ended meanwhile. */
  async #underLoad<Result>(work: Promise<Result>): Promise<Result> {
    const [outcome] = await Promise.allSettled([work]);
    const { pids } = this.#cluster;
    const ended = countEnded(pids);
    if (ended > 0) {
      const why = `${ended} of its ${pids.length} processes ended`;
      const cause = outcome.status === 'rejected' ? outcome.reason : undefined;
      throw new ServerBrokeDown({ arm: this.#arm, why }, { cause });
    }
    return work;
  }

  /** Memory once collecting changes it no more: V8 gives pages back in threads of its own, and a server starts slowly. */
  async #heldBytes(): Promise<number> {
    let bytes = Number.POSITIVE_INFINITY;
    for (let left = MOST_COLLECTIONS; left > 0; left -= 1) {
      const workers = await this.#cluster.lines.ask<number>('collect');
      const now = workers.reduce((sum, pid) => sum + memoryOf(pid).rss, 0);
      if (Math.abs(bytes - now) <= SETTLED_WITHIN_BYTES) return now;
      bytes = now;
    }
    return bytes;
  }

  async #join(crowd: string, users: number, isIdle: boolean): Promise<void> {
    const { port, path } = this.#cluster;
    await this.#generator.connect({ crowd, port, path, users, isIdle });
  }
}
