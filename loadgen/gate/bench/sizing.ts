/** How much is to be planted: what it costs is found out in servers under load, where everything costs another time. */
import { defaultGuards } from '../../../reports/gate/index.ts';
import { elementsFor, type Injection, type Planted } from './application/index.ts';
import { openScene, type Setting } from './block.ts';
import type { Probed } from './calibration.ts';
import { waitForCalm } from './machine/index.ts';
import type { Side } from './side.ts';

/** Fresh servers each time. */
const TRIALS = 3;
/** In one and the same server: what a message costs differs by some per cent from process to process. */
const WINDOWS = ['rest', 'work', 'work', 'rest', 'work', 'rest', 'rest', 'work'] as const;
const WINDOWS_EACH = WINDOWS.length / 2;
/** Times a window is measured that a neighbour disturbs: the last one counts, whatever became of it. */
const MOST_ATTEMPTS = 3;
/** Smallest slowdown that is tried out: of a smaller one such windows would say little. */
const LEAST_TRIED = 0.2;
/** Of what is expected. Less is no cost but noise. */
const LEAST_COST = 0.1;
const PER_CENT = 100;

/**
 * Sizes an injection. Parsing is tried out on the base, with a text that costs about as much as a message, for as many
 * messages as should make up what is wanted: the rarer, the more it costs, since less of it is in the caches. Then so
 * many more or fewer are parsed. Injections of another kind have their size.
 */
export async function sizeInjection(
  injection: Injection | undefined,
  { setting, probed }: { setting: Setting; probed: Probed },
): Promise<Planted | null> {
  if (injection === undefined) return null;
  if (injection.kind !== 'parse') return { ...injection, elements: 0, share: 0 };
  const slowdown = injection.size / PER_CENT;
  const tried = Math.max(LEAST_TRIED, slowdown);
  const planted = { ...injection, elements: elementsFor(probed.cpuMicrosPerMessage), share: tried };
  const { base } = setting.builds;
  const trial = { ...setting, planted, builds: { base, candidate: base } };
  const ratios: number[] = [];
  for (let left = TRIALS; left > 0; left -= 1) ratios.push(await ratioOf({ setting: trial, probed }));
  return { ...planted, share: shareFor(slowdown, { tried, ratios }) };
}

/**
 * Gives the share of messages to be parsed for a slowdown, from what they cost when another share was: 2 where it was
 * twice as much.
 */
export function shareFor(
  slowdown: number,
  { tried, ratios }: { tried: number; ratios: readonly number[] },
): number {
  const typical = Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length);
  return (slowdown * tried) / Math.max(LEAST_COST * tried, typical - 1);
}

/** Gives the cost of a message while what is planted works over that while it rests. */
async function ratioOf({ setting, probed }: { setting: Setting; probed: Probed }): Promise<number> {
  let logarithm = 0;
  const scene = await openScene(['candidate'], setting);
  try {
    const side = scene.side('candidate');
    await side.connect();
    await side.warm(setting.lengths.warmUp);
    for (const state of WINDOWS) {
      await side.turn(state);
      const micros = await undisturbed(side, probed.sizes.fixedMessages);
      logarithm += (state === 'rest' ? -1 : 1) * (Math.log(micros) / WINDOWS_EACH);
    }
  } finally {
    await scene.close();
  }
  return Math.exp(logarithm);
}

/** Gives the processor time of so many messages, of a window in which nobody took the core away if there is one. */
export async function undisturbed(
  side: Pick<Side, 'measure'>,
  messages: number,
  calm: () => Promise<void> = waitForCalm,
): Promise<number> {
  for (let attempt = 1; ; attempt += 1) {
    const { use } = await side.measure({ mode: 'fixed', messages });
    const isDisturbed = use.waitingShare > defaultGuards.waitingShare;
    if (!isDisturbed || attempt === MOST_ATTEMPTS) return use.cpuMicros;
    await calm();
  }
}
