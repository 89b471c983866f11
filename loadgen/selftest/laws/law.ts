/** What a pathological server does to its answers, as closed forms. Milliseconds. */

/** The distribution of a time that is known without measuring. */
export interface Law {
  /** The time that a share (0 to 1) of all answers does not exceed, milliseconds. */
  quantile(share: number): number;
  /**
   * The longest time there is, milliseconds; undefined when there is none, or when a single moment of the machine's
   * own would be held against it.
   */
  readonly max: number | undefined;
}

/** Every answer takes the same time. */
export function fixed(delayMs: number): Law {
  return { quantile: () => delayMs, max: undefined };
}

/** A part of a mixture: so large a share of all answers takes so long. */
export interface Part {
  /** All shares add up to 1. */
  share: number;
  delayMs: number;
}

/** Some answers take longer than others. */
export function mixture(parts: readonly Part[]): Law {
  const ascending = parts.toSorted((one, other) => one.delayMs - other.delayMs);
  const longest = ascending.at(-1)?.delayMs ?? 0;
  return {
    max: undefined,
    quantile(share) {
      let reached = 0;
      for (const part of ascending) {
        reached += part.share;
        if (share <= reached) return part.delayMs;
      }
      return longest;
    },
  };
}

/** Answers take an exponentially distributed time. */
export function exponential(meanMs: number): Law {
  return { quantile: (share) => -meanMs * Math.log1p(-share), max: undefined };
}

/**
 * A server that answers at once stands still for a while in every period. Questions come evenly, so the share of
 * them that falls into a stall is its share of the period, and each of those waits for what is left of it.
 */
export function stalls({ lengthMs, periodMs }: { lengthMs: number; periodMs: number }): Law {
  return { quantile: (share) => Math.max(0, lengthMs - periodMs * (1 - share)), max: lengthMs };
}
