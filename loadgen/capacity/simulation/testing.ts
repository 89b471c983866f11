/** For tests of rates: how many of so many trials a promise allows. */

/** Chance that a true promise is taken for broken, to each side. */
const BLAME = 0.001;

/** Gives the fewest and the most hits of `trials` that a chance `p` each makes plausible, by the exact binomial law. */
export function binomialBand(trials: number, p: number): { fewest: number; most: number } {
  let logChance = trials * Math.log1p(-p);
  let below = 0;
  let fewest = 0;
  for (let hits = 0; hits <= trials; hits += 1) {
    below += Math.exp(logChance);
    if (below <= BLAME) fewest = hits + 1;
    if (below >= 1 - BLAME) return { fewest, most: hits };
    logChance += Math.log((trials - hits) / (hits + 1)) + Math.log(p) - Math.log1p(-p);
  }
  return { fewest, most: trials };
}
