/** A bench without a machine: two builds that cost what a test says, on a host as noisy as it says. */
import { aWindow, type Wish } from '../measurements/testing.ts';
import type { BlockPlan } from '../schedule/index.ts';
import { createStream } from '../schedule/index.ts';
import type { OpenBlock, Place } from './measure-block.ts';

/** What a test decides for each window, given how many were measured before. */
export type World = (
  place: Place,
  context: { plan: BlockPlan; measured: number; draw: () => number },
) => Wish;

/** Opens blocks of a simulated bench; `seed` is its noise, apart from the coins of the schedule. */
export function createWorld(seed: string, world: World): (plan: BlockPlan) => OpenBlock {
  const draw = createStream(seed, 'noise');
  let measured = 0;
  return (plan) => ({
    async measure(place) {
      const wish = world(place, { plan, measured, draw });
      measured += 1;
      // About 1 % from window to window.
      const noise = Math.exp(0.02 * (draw() + draw() + draw() - 1.5));
      return aWindow({ mode: place.mode, ...wish, factor: (wish.factor ?? 1) * noise });
    },
    async memory() {
      return { base: 8_000 * (1 + 0.01 * draw()), candidate: 8_000 * (1 + 0.01 * draw()) };
    },
    async close() {},
  });
}
