/** Two fresh servers and one fresh generator, for as long as a block lasts. */
import {
  type Arm,
  type OpenBlock,
  type Place,
  ServerBrokeDown,
  type Window,
} from '../../../reports/gate/index.ts';
import { asError, ClusterError } from '../../../server/errors/index.ts';
import type { Planted } from './application/index.ts';
import { type Cluster, startCluster } from './cluster/index.ts';
import { Generator, type Load } from './generator/index.ts';
import type { Cores } from './machine/index.ts';
import type { BenchOptions, Lengths } from './options.ts';
import type { GateScenario } from './scenarios.ts';
import { type Measured, Side, type Site } from './side.ts';

/** What blocks of a job have in common. */
export interface Setting {
  readonly builds: BenchOptions['builds'];
  readonly scenario: GateScenario;
  readonly planted: Planted | null;
  readonly workers: number;
  readonly brokers: number;
  readonly cores: Cores;
  readonly site: Site;
  readonly lengths: Lengths;
  readonly signal: AbortSignal | undefined;
}

/** How large windows are. */
export interface Sizes {
  readonly fixedMessages: number;
  readonly perSecond: number;
  readonly sliceMs: number;
}

/** Servers of some builds with their clients. */
export interface Scene {
  side(arm: Arm): Side;
  close(): Promise<void>;
}

/** Starts servers one after the other and connects their clients. Nothing is left when it fails. */
export async function openScene(arms: readonly Arm[], setting: Setting): Promise<Scene> {
  const { scenario, cores, site, lengths, signal } = setting;
  const sides = new Map<Arm, Side>();
  const clusters: Cluster[] = [];
  const generator = await Generator.start(
    { scenario, patienceSeconds: lengths.patienceSeconds },
    cores.generator,
  );
  const close = async (): Promise<void> => {
    signal?.removeEventListener('abort', abort);
    await generator.stop();
    await Promise.all(clusters.map((cluster) => cluster.stop()));
  };
  // Without its generator nothing goes on: what waits for it fails, and whoever waits closes.
  const abort = (): void => void generator.stop();
  signal?.addEventListener('abort', abort, { once: true });
  try {
    for (const arm of arms) {
      signal?.throwIfAborted();
      const cluster = await startArm(arm, setting);
      clusters.push(cluster);
      sides.set(arm, new Side(arm, { cluster, generator, site }));
    }
  } catch (error) {
    await close();
    throw error;
  }
  const side = (arm: Arm): Side => {
    const found = sides.get(arm);
    if (found !== undefined) return found;
    throw new TypeError(`Cannot load the ${arm}: it was not started, wanted is one of ${arms.join(', ')}`);
  };
  return { side, close };
}

async function startArm(arm: Arm, { builds, workers, brokers, cores, planted }: Setting): Promise<Cluster> {
  const { directory } = builds[arm];
  const shared = { directory, workers, brokers, core: cores.server };
  try {
    return await startCluster({ ...shared, planted: arm === 'candidate' ? planted : null });
  } catch (cause) {
    // The folders of builds are drawn by a coin: people know them by other names.
    throw new ClusterError(`Cannot bring up the ${arm}: ${asError(cause).message}`, {
      code: 'PROCESS_FAILED',
      cause,
    });
  }
}

/** Opens a block: both servers warm and connected; memory of idle connections, if wanted, taken while they were fresh. */
export async function openBlock(
  arms: readonly Arm[],
  { setting, sizes, takesMemory }: { setting: Setting; sizes: Sizes; takesMemory: boolean },
): Promise<OpenBlock> {
  const scene = await openScene(arms, setting);
  const { idleUsers, warmUp, openSeconds } = setting.lengths;
  const memory = { base: 0, candidate: 0 };
  try {
    await loadAll(arms, async (arm) => {
      const side = scene.side(arm);
      if (takesMemory && idleUsers > 0) memory[arm] = await side.memory(idleUsers);
      await side.connect();
    });
    await loadAll(arms, (arm) => scene.side(arm).warm(warmUp));
  } catch (error) {
    await scene.close();
    throw error;
  }
  const loads: Record<Place['mode'], Load> = {
    fixed: { mode: 'fixed', messages: sizes.fixedMessages },
    open: { mode: 'open', perSecond: sizes.perSecond, sliceMs: sizes.sliceMs, seconds: openSeconds },
  };
  return {
    async measure({ mode, arm }) {
      return windowOf(await scene.side(arm).measure(loads[mode]));
    },
    ...(Math.min(memory.base, memory.candidate) > 0 && { memory: () => Promise.resolve(memory) }),
    close: () => scene.close(),
  };
}

/**
 * Loads all builds in the same way, one after the other, also those that come after one that broke down: what a
 * candidate does not carry tells against it only when the base carries it.
 */
async function loadAll(arms: readonly Arm[], load: (arm: Arm) => Promise<void>): Promise<void> {
  const broken: ServerBrokeDown[] = [];
  for (const arm of arms) {
    try {
      await load(arm);
    } catch (error) {
      if (!(error instanceof ServerBrokeDown)) throw error;
      broken.push(error);
    }
  }
  const worst = broken.find(({ breakdown }) => breakdown.arm === 'base') ?? broken[0];
  if (worst !== undefined) throw worst;
}

/** Puts together what both ends say. */
export function windowOf({ load, use, heap }: Measured): Window {
  const { waitingShare, ...server } = use;
  return { ...load, server: { ...server, ...heap }, waitingShare };
}
