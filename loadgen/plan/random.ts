/**
 * Chance that can be looked up: a number drawn for (seed, user, counter) is the same whenever and wherever
 * it is drawn. No state, so a plan can be cut into shares without a word between the processes.
 */

/** Counters below this draw gaps between turns; a user never gets there: 1,700 turns a second for a week. */
export const TOPOLOGY_COUNTER = 0x4000_0000;

/** Counters from here on choose the channel of a publication. */
export const PUBLICATION_COUNTER = 0x8000_0000;

/** Counters from here on draw how long a visit lasts, and those after them how long a user stays away. */
export const STAY_COUNTER = 0xc000_0000;
export const RETURN_COUNTER = 0xc800_0000;

/** Counters from here on draw waits before a further attempt to connect. */
export const RECONNECT_COUNTER = 0xd000_0000;

/** Counters from here on draw when a user stops reading, and those after them for how long. */
export const STALL_COUNTER = 0xd800_0000;
export const STALL_LENGTH_COUNTER = 0xe000_0000;

/** Counters from here on draw the first turn of every visit but the first, two for each. */
export const VISIT_COUNTER = 0xe800_0000;

/** Counters from here on draw arrivals. */
export const ARRIVAL_COUNTER = 0xf000_0000;

const TWO_TO_32 = 4_294_967_296;

/**
 * Draws a number from 0 (inclusive) to 1 (exclusive), evenly, in steps of 2^-32.
 * All three arguments are whole numbers, taken modulo 2^32.
 */
export function uniform(seed: number, user: number, counter: number): number {
  // The multiplier is 2^32 over the golden ratio: neighbours start far apart. Counters are mixed before
  // they meet the user, or the draws of one user would be those of another, shifted.
  const ofUser = mix(mix(seed) ^ Math.imul(user, 0x9e37_79b1));
  return (mix(ofUser ^ mix(counter)) >>> 0) / TWO_TO_32;
}

/** The finaliser of MurmurHash3: a one-to-one map of 32 bits in which each bit of input moves half the output. */
function mix(bits: number): number {
  let mixed = bits + 0x6a09_e667;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85eb_ca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2_ae35);
  return mixed ^ (mixed >>> 16);
}
