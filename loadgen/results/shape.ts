/**
 * The shape of a distribution: how many times fell into which slot of a logarithmic scale. Small enough to keep for
 * every second of a run and to be added up anew for any stretch of it. Figures come from histograms, never from shapes.
 */

/** Slots of the scale for every doubling of a time: each is 4.4 % wide, so that its middle is 2.2 % off at most. */
export const SLOTS_PER_DOUBLING = 16;

/**
 * Slots that hold anything, ascending, each followed by its count: `[slot, count, slot, count, …]`. Slot 0 holds times
 * of less than 1 µs; slot n those from 2^((n - 1) / 16) µs to 2^(n / 16) µs.
 */
export type Shape = readonly number[];

/** The slot of a time in microseconds. */
export function slotOf(micros: number): number {
  return micros < 1 ? 0 : Math.floor(Math.log2(micros) * SLOTS_PER_DOUBLING) + 1;
}

/** Adds shapes up, slot for slot. */
export function addShapes(shapes: readonly Shape[]): Shape {
  const counts = new Map<number, number>();
  for (const shape of shapes) {
    for (let at = 0; at + 1 < shape.length; at += 2) {
      const slot = shape[at] ?? 0;
      counts.set(slot, (counts.get(slot) ?? 0) + (shape[at + 1] ?? 0));
    }
  }
  return [...counts].sort(([one], [other]) => one - other).flat();
}

/**
 * The time, in milliseconds, that a share (0 to 1) of all values is not above, within 5 %: halfway through a slot
 * counts as halfway through its width. Undefined for a shape without values.
 */
export function quantileOf(shape: Shape, share: number): number | undefined {
  let total = 0;
  for (let at = 1; at < shape.length; at += 2) total += shape[at] ?? 0;
  if (total === 0) return undefined;
  const wanted = Math.max(share * total, Number.MIN_VALUE);
  let below = 0;
  for (let at = 0; at + 1 < shape.length; at += 2) {
    const count = shape[at + 1] ?? 0;
    if (below + count >= wanted) return millisecondsAt(shape[at] ?? 0, (wanted - below) / count);
    below += count;
  }
  return millisecondsAt(shape.at(-2) ?? 0, 1);
}

function millisecondsAt(slot: number, within: number): number {
  return slot === 0 ? within / 1_000 : 2 ** ((slot - 1 + within) / SLOTS_PER_DOUBLING) / 1_000;
}
