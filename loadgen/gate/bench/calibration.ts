/** A probe of the base that everything else is sized by, once for a job and the same for both builds. */
import { type BlockLength, sliceMs, stallLimitMs, windowsIn } from '../../../reports/gate/index.ts';
import { openScene, type Setting, type Sizes } from './block.ts';
import type { Measured, Side } from './side.ts';

/** Share of what the base can do that is offered at a constant rate. */
const OFFERED_SHARE = 0.55;
/** Makes the rate a round number. */
const ROUND = 100;
/** What windows take, with those that a host such as this disturbs. */
const WITH_DISTURBED = 1.15;

/** How long a job has to wait for a block, seconds. */
export interface Pace {
  readonly blockSeconds: Readonly<Record<BlockLength, number>>;
  /** More for a block that takes memory. */
  readonly memorySeconds: number;
}

/** What the base did. */
export interface Probed {
  readonly sizes: Sizes;
  /** p99 above which a slice holds a stall. */
  readonly stallLimitMs: number;
  readonly cpuMicrosPerMessage: number;
  readonly pace: Pace;
}

/** Loads the base alone: first with all it takes, then at the rate that follows from that. */
export async function probeBase(setting: Setting): Promise<Probed> {
  const { warmUp, probeSeconds, trialSeconds, tailSeconds, fixedSeconds, idleUsers } = setting.lengths;
  const lap = createLap();
  const scene = await openScene(['base'], setting);
  let isClosed = false;
  try {
    const base = scene.side('base');
    await base.connect();
    await base.warm(warmUp);
    const opening = lap();
    const full = await base.measure({ mode: 'timed', seconds: probeSeconds });
    const rate = await findRate(base, { full, seconds: trialSeconds });
    const fixedMessages = Math.max(1, Math.round(answeredPerSecond(full) * fixedSeconds));
    lap();
    await base.measure({ mode: 'fixed', messages: fixedMessages });
    const fixed = lap();
    const open = await base.measure({ mode: 'open', ...rate, seconds: tailSeconds });
    const beside = lap() - tailSeconds;
    if (idleUsers > 0) await base.memory(idleUsers);
    const memory = lap();
    isClosed = true;
    await scene.close();
    return {
      sizes: { ...rate, fixedMessages },
      stallLimitMs: stallLimitMs(open.load.slices ?? []),
      cpuMicrosPerMessage: full.use.cpuMicros / full.load.messages.answered,
      pace: paceOf(setting, { opening, fixed, beside, memory, closing: lap() }),
    };
  } finally {
    if (!isClosed) await scene.close();
  }
}

/**
 * Finds the rate that keeps the base as busy as wanted. A share of the messages it answers when it has all it takes would
 * be too many: at a rate fewer of them share a turn of its loop, and each costs more. Near its limit the response would
 * tell how much is left, not what a message takes.
 */
async function findRate(
  base: Side,
  { full, seconds }: { full: Measured; seconds: number },
): Promise<Pick<Sizes, 'perSecond' | 'sliceMs'>> {
  const first = OFFERED_SHARE * answeredPerSecond(full);
  const trial = await base.measure({ mode: 'open', ...rateOf(first), seconds });
  return rateOf(first * Math.min(1, OFFERED_SHARE / (useOf(trial) / useOf(full))));
}

function rateOf(perSecond: number): Pick<Sizes, 'perSecond' | 'sliceMs'> {
  const rounded = Math.max(ROUND, Math.round(perSecond / ROUND) * ROUND);
  return { perSecond: rounded, sliceMs: sliceMs(rounded) };
}

function answeredPerSecond({ load }: Measured): number {
  return load.messages.answered / load.seconds;
}

function useOf({ load, use }: Measured): number {
  return use.cpuMicros / load.seconds;
}

/** Seconds that the parts of the probe took. */
interface Parts {
  /** One server and its clients, until they are warm. */
  readonly opening: number;
  readonly fixed: number;
  /** What a window takes beside its load. */
  readonly beside: number;
  readonly memory: number;
  readonly closing: number;
}

/** Gives the pace of blocks of two builds, out of what one of them took. */
export function paceOf(
  { lengths }: Pick<Setting, 'lengths'>,
  { opening, fixed, beside, memory, closing }: Parts,
): Pace {
  const seconds = (length: BlockLength): number => {
    const windows = windowsIn(length) * (fixed + lengths.openSeconds + beside);
    return 2 * opening + windows * WITH_DISTURBED + closing;
  };
  return { blockSeconds: { long: seconds('long'), short: seconds('short') }, memorySeconds: 2 * memory };
}

/** Makes a function that gives the seconds since it was last called. */
function createLap(): () => number {
  let last = performance.now();
  return () => {
    const before = last;
    last = performance.now();
    return (last - before) / 1_000;
  };
}
