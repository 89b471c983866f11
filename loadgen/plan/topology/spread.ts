/** Dealing things out evenly without a list: exact in number, and equally dense wherever one looks. */

/** Strides in which users are dealt out: irrational, and independent of each other. */
export const strides = {
  groups: Math.sqrt(3) - 1,
  publishers: (Math.sqrt(5) - 1) / 2,
  subscribers: Math.sqrt(2) - 1,
};

/**
 * A permutation that walks round in strides of an irrational share of the whole, so that any stretch of
 * positions falls on numbers that lie evenly among all. (Were it every tenth of them, one of two load processes
 * would have them all.)
 */
export class Spread {
  readonly #count: number;
  readonly #stride: number;

  constructor(count: number, ratio: number) {
    this.#count = count;
    this.#stride = strideOf(count, ratio);
  }

  /** The position of a number, both from 0 to below the count. 0 comes first. */
  positionOf(number: number): number {
    return (number * this.#stride) % this.#count;
  }
}

/** How many of so many a share of them is: at least one of any share above 0. */
export function countOfShare(count: number, share: number): number {
  return share === 0 ? 0 : Math.min(count, Math.max(1, Math.round(count * share)));
}

/** The largest stride up to count × ratio that comes by every number once: one without a common divisor. */
function strideOf(count: number, ratio: number): number {
  let stride = Math.max(1, Math.floor(count * ratio));
  while (greatestCommonDivisor(stride, count) !== 1) stride -= 1;
  return stride;
}

function greatestCommonDivisor(one: number, other: number): number {
  return other === 0 ? one : greatestCommonDivisor(other, one % other);
}
