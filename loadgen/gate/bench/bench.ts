/** A bench: measures blocks of two builds, sized by a probe of the base. */
import { cpus, release } from 'node:os';
import type { BlockPlan, GateHeader, OpenBlock } from '../../../reports/gate/index.ts';
import { ClusterError } from '../../../server/errors/index.ts';
import { keepProcessorsAwake } from '../../host/index.ts';
import { openBlock, type Setting, type Sizes } from './block.ts';
import { type Pace, probeBase } from './calibration.ts';
import { chooseCores, hasCounters, waitForCalm } from './machine/index.ts';
import type { BenchOptions, Lengths } from './options.ts';
import { findScenario } from './scenarios.ts';
import { sizeInjection } from './sizing.ts';
import { defaultWarmUp } from './warm-up.ts';

/** What is found out before the first block. */
export interface Calibration {
  /** For the header of the record. */
  readonly offeredPerSecond: number;
  readonly stallLimitMs: number;
  readonly host: GateHeader['host'];
  /** How long blocks take. */
  readonly pace: Pace;
  /** False where servers and generator share cores: no more than advice comes of it then. */
  readonly isPinned: boolean;
  /** Whether the host counts instructions. */
  readonly countsInstructions: boolean;
}

/** A bench. */
export interface Bench {
  /** Probes the base. Comes before the first block. */
  calibrate(): Promise<Calibration>;
  /**
   * Starts fresh servers of both builds. Memory of idle connections takes long, so it can be left out. `mayWait` tells
   * whether there is time to wait for a calm host; default: there is.
   * @throws ClusterError when one does not start, or is interrupted.
   */
  open(plan: BlockPlan, options?: { takesMemory?: boolean; mayWait?: () => boolean }): Promise<OpenBlock>;
  /** Ends whatever is left. */
  close(): Promise<void>;
}

const defaultLengths: Lengths = {
  fixedSeconds: 0.7,
  openSeconds: 1.25,
  warmUp: defaultWarmUp,
  probeSeconds: 3,
  trialSeconds: 1,
  tailSeconds: 2,
  patienceSeconds: 5,
  idleUsers: 5_000,
};

/** Injections that change the order or the number of writes, which would break what channels promise. */
const CALLS_ALONE: readonly string[] = ['writes', 'tail'];

/**
 * Makes a bench.
 * @throws ClusterError OPTION_INVALID for a scenario the gate does not have, or an injection that does not go with it.
 */
export async function createBench(options: BenchOptions): Promise<Bench> {
  const scenario = findScenario(options.scenario);
  const { inject, workers = 1, brokers = 1, builds, signal } = options;
  if (inject !== undefined && scenario.behaviour.kind !== 'calls' && CALLS_ALONE.includes(inject.kind)) {
    const sentence = `Cannot inject "${inject.kind}" into scenario "${scenario.name}": it delays calls alone`;
    throw new ClusterError(sentence, { code: 'OPTION_INVALID' });
  }
  const cores = chooseCores();
  const site = { users: scenario.users, core: cores.server, countsInstructions: await hasCounters() };
  const lengths = { ...defaultLengths, ...options.lengths };
  const setting: Setting = {
    builds,
    scenario,
    planted: null,
    workers,
    brokers,
    cores,
    site,
    lengths,
    signal,
  };
  return new LiveBench(setting, inject);
}

class LiveBench implements Bench {
  readonly #inject: BenchOptions['inject'];
  readonly #opened = new Set<OpenBlock>();
  /** On virtual machines each halt is a visit to the hypervisor, which others may have meanwhile. */
  #endAwake = keepProcessorsAwake();
  #setting: Setting;
  #sizes: Sizes | undefined;

  constructor(setting: Setting, inject: BenchOptions['inject']) {
    this.#setting = setting;
    this.#inject = inject;
  }

  async calibrate(): Promise<Calibration> {
    const { cores, site } = this.#setting;
    const probed = await probeBase(this.#setting);
    const { sizes, stallLimitMs, pace } = probed;
    const planted = await sizeInjection(this.#inject, { setting: this.#setting, probed });
    this.#sizes = sizes;
    this.#setting = { ...this.#setting, planted };
    return {
      offeredPerSecond: sizes.perSecond,
      stallLimitMs,
      pace,
      host: { ...hostFacts(), isAwake: this.#endAwake !== undefined },
      isPinned: cores.server !== undefined,
      countsInstructions: site.countsInstructions,
    };
  }

  async open(
    { launchedFirst }: BlockPlan,
    { takesMemory = true, mayWait }: Parameters<Bench['open']>[1] = {},
  ): Promise<OpenBlock> {
    if (this.#sizes === undefined) {
      throw new TypeError('Cannot open a block: the base was not probed, wanted calibrate() before');
    }
    const second = launchedFirst === 'base' ? 'candidate' : 'base';
    const block = await openBlock([launchedFirst, second], {
      setting: this.#setting,
      sizes: this.#sizes,
      takesMemory,
    });
    this.#opened.add(block);
    return {
      ...block,
      calm: () => waitForCalm({ ...(mayWait && { mayWait }) }),
      close: async () => {
        this.#opened.delete(block);
        await block.close();
      },
    };
  }

  async close(): Promise<void> {
    const left = [...this.#opened];
    this.#opened.clear();
    await Promise.all(left.map((block) => block.close()));
    this.#endAwake?.();
    this.#endAwake = undefined;
  }
}

function hostFacts(): GateHeader['host'] {
  const processors = cpus();
  return {
    cpus: processors.length,
    model: processors[0]?.model ?? 'unknown',
    kernel: release(),
    node: process.version,
  };
}
