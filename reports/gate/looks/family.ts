/** Several metrics judged together: how the chance of a false alarm is shared out among them. */

/**
 * Gives each open metric the level it is held against at the last look, by Holm's steps: the smallest p of all
 * is held against the level over all metrics, and each metric rejected makes the share of the next larger.
 *
 * `rejected` counts those of the `hypotheses` that earlier looks rejected. Metrics settled as unchanged count as
 * if they were open: their number depends on the noise, and a divisor that follows the noise guarantees nothing.
 * The result is in the order of `pValues`.
 */
export function holmLevels(
  pValues: readonly number[],
  { level, hypotheses, rejected }: { level: number; hypotheses: number; rejected: number },
): number[] {
  const order = pValues.map((_, index) => index).sort((a, b) => (pValues[a] ?? 1) - (pValues[b] ?? 1));
  const levels = new Array<number>(pValues.length);
  let divisor = hypotheses - rejected;
  for (const index of order) {
    levels[index] = level / divisor;
    if ((pValues[index] ?? 1) < level / divisor) divisor = Math.max(1, divisor - 1);
  }
  return levels;
}

/**
 * Gives each p value its q value after Benjamini and Hochberg: the share of false finds among those that are at
 * least as sure. For metrics that are shown and never fail a job.
 */
export function falseFinds(pValues: readonly number[]): number[] {
  const order = pValues.map((_, index) => index).sort((a, b) => (pValues[b] ?? 1) - (pValues[a] ?? 1));
  const found = new Array<number>(pValues.length);
  let least = 1;
  order.forEach((index, fromEnd) => {
    least = Math.min(least, ((pValues[index] ?? 1) * pValues.length) / (pValues.length - fromEnd));
    found[index] = least;
  });
  return found;
}
