/** Dividing a whole number of things by weight. */

/**
 * Parts of a total as their weights have it, whole numbers that add up to it. What the rounding down leaves over
 * goes to the parts that lost most by it, of equal ones to the first.
 */
export function apportion(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((whole, weight) => whole + weight, 0);
  const exact = weights.map((weight) => (total * weight) / sum);
  const parts = exact.map(Math.floor);
  const left = total - parts.reduce((whole, part) => whole + part, 0);
  const byLoss = [...parts.keys()].sort((one, other) => lossOf(other) - lossOf(one));
  for (const part of byLoss.slice(0, left)) parts[part] = (parts[part] ?? 0) + 1;
  return parts;

  function lossOf(part: number): number {
    return (exact[part] ?? 0) - (parts[part] ?? 0);
  }
}
