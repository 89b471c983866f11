/** How much is to be planted: what it costs is found out in servers under load, where everything costs another time. */
import type { Arm } from '../../../reports/gate/index.ts';
import { elementsFor, type Injection, type Planted } from './application/index.ts';
import { openScene, type Setting } from './block.ts';
import type { Probed } from './calibration.ts';

/** Servers are started in either order. Two of each: what one process costs differs from what the next one does. */
const TRIALS: readonly (readonly [Arm, Arm])[] = [
  ['base', 'candidate'],
  ['candidate', 'base'],
];
/** Less is no cost but noise: a parsed message is to cost about as much as another message. */
const LEAST_COST = 0.1;
const PER_CENT = 100;

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
  const costs: number[] = [];
  for (const arms of TRIALS) costs.push(await costOf(arms, { setting: trial, probed }));
  return { ...whole, share: shareFor(injection.size / PER_CENT, costs) };
}

/** Gives the share of messages to be parsed for a slowdown, from trials in which all of them were. */
export function shareFor(slowdown: number, costs: readonly number[]): number {
  const cost = costs.reduce((sum, each) => sum + each, 0) / costs.length;
  return slowdown / Math.max(LEAST_COST, cost);
}

/** Gives how much dearer a message is in the candidate: 1 where it costs twice as much. */
async function costOf(
  arms: readonly [Arm, Arm],
  { setting, probed }: { setting: Setting; probed: Probed },
): Promise<number> {
  const [first, second] = arms;
  const micros: Record<Arm, number> = { base: 0, candidate: 0 };
  const scene = await openScene(arms, setting);
  try {
    for (const arm of arms) await scene.side(arm).connect();
    for (const arm of arms) await scene.side(arm).warm(setting.lengths.warmUp);
    for (const arm of [first, second, second, first]) {
      const messages = probed.sizes.fixedMessages;
      micros[arm] += (await scene.side(arm).measure({ mode: 'fixed', messages })).use.cpuMicros;
    }
  } finally {
    await scene.close();
  }
  return micros.candidate / micros.base - 1;
}
