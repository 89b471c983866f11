/** How much is to be planted: what it costs is found out in servers under load, where everything costs another time. */
import type { Arm } from '../../../reports/gate/index.ts';
import { elementsFor, type Injection, type Planted } from './application/index.ts';
import { openScene, type Setting } from './block.ts';
import type { Probed } from './calibration.ts';

/** Fresh servers each time, in either order: what a message costs differs by some per cent from process to process. */
const TRIALS: readonly (readonly [Arm, Arm])[] = [
  ['base', 'candidate'],
  ['candidate', 'base'],
  ['base', 'candidate'],
];
/** Less is no cost but noise: a parsed message is to cost about as much as another message. */
const LEAST_COST = 0.1;
const PER_CENT = 100;
/** Of each build in a trial. */
const WINDOWS_EACH = 2;

/**
 * Sizes an injection. Parsing is tried out on the base, with a text for every message that costs about as much as the
 * message; then as many messages are parsed as make up what is wanted. Injections of another kind have their size.
 */
export async function sizeInjection(
  injection: Injection | undefined,
  { setting, probed }: { setting: Setting; probed: Probed },
): Promise<Planted | null> {
  if (injection === undefined) return null;
  if (injection.kind !== 'parse') return { ...injection, elements: 0, share: 0 };
  const whole = { ...injection, elements: elementsFor(probed.cpuMicrosPerMessage), share: 1 };
  const { base } = setting.builds;
  const trial = { ...setting, planted: whole, builds: { base, candidate: base } };
  const ratios: number[] = [];
  for (const arms of TRIALS) ratios.push(await ratioOf(arms, { setting: trial, probed }));
  return { ...whole, share: shareFor(injection.size / PER_CENT, ratios) };
}

/** Gives the share of messages to be parsed for a slowdown, from what they cost when all are: 2 where it is twice as much. */
export function shareFor(slowdown: number, ratios: readonly number[]): number {
  const typical = Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length);
  return slowdown / Math.max(LEAST_COST, typical - 1);
}

/** Gives the cost of a message in the candidate over that in the base. */
async function ratioOf(
  arms: readonly [Arm, Arm],
  { setting, probed }: { setting: Setting; probed: Probed },
): Promise<number> {
  const [first, second] = arms;
  let logarithm = 0;
  const scene = await openScene(arms, setting);
  try {
    for (const arm of arms) await scene.side(arm).connect();
    for (const arm of arms) await scene.side(arm).warm(setting.lengths.warmUp);
    for (const arm of [first, second, second, first]) {
      const messages = probed.sizes.fixedMessages;
      const { use } = await scene.side(arm).measure({ mode: 'fixed', messages });
      logarithm += (arm === 'base' ? -1 : 1) * (Math.log(use.cpuMicros) / WINDOWS_EACH);
    }
  } finally {
    await scene.close();
  }
  return Math.exp(logarithm);
}
