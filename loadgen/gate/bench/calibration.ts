/** A probe of the base that sizes everything else, once for a job and the same for both builds. */
import { sliceMs, stallLimitMs } from '../../../reports/gate/index.ts';
import { elementsFor, type Injection, type Planted } from './application/index.ts';
import { openScene, type Setting, type Sizes } from './block.ts';

/** Share of the base's quick capacity that is offered at a constant rate. */
const OFFERED_SHARE = 0.55;
/** Seconds at that rate from which the base's usual p99 is taken. */
const TAIL_SECONDS = 2;
/** Makes the rate a round number. */
const ROUND = 100;

/** What the base did. */
export interface Probed {
  readonly sizes: Sizes;
  /** p99 above which a slice holds a stall. */
  readonly stallLimitMs: number;
  readonly cpuMicrosPerMessage: number;
}

/** Loads the base alone: first with all it takes, then at the rate that follows from that. */
export async function probeBase(setting: Setting): Promise<Probed> {
  const { warmUp, probeSeconds, fixedSeconds } = setting.lengths;
  const scene = await openScene(['base'], setting);
  try {
    const base = scene.side('base');
    await base.connect();
    await base.warm(warmUp);
    const full = await base.measure({ mode: 'timed', seconds: probeSeconds });
    const { seconds, messages } = full.load;
    const capacity = messages.answered / seconds;
    const perSecond = Math.max(ROUND, Math.round((OFFERED_SHARE * capacity) / ROUND) * ROUND);
    const rate = { perSecond, sliceMs: sliceMs(perSecond) };
    const open = await base.measure({ mode: 'open', ...rate, seconds: TAIL_SECONDS });
    return {
      sizes: { ...rate, fixedMessages: Math.max(1, Math.round(capacity * fixedSeconds)) },
      stallLimitMs: stallLimitMs(open.load.slices ?? []),
      cpuMicrosPerMessage: full.use.cpuMicros / messages.answered,
    };
  } finally {
    await scene.close();
  }
}

/** Sizes an injection for a server that spends so much on a message. */
export function sizeInjection(injection: Injection | undefined, cpuMicrosPerMessage: number): Planted | null {
  if (injection === undefined) return null;
  const isParse = injection.kind === 'parse';
  return {
    ...injection,
    elements: isParse ? elementsFor((injection.size / 100) * cpuMicrosPerMessage) : 0,
  };
}
