/**
 * Chance that anybody can repeat: a seed made of what is compared, and from it one stream of numbers for each
 * use, so that a draw more in one place moves nothing in another.
 */
import { createHash } from 'node:crypto';

/** Whose chance it is: the same comparison always has the same seed. */
export interface SeedOf {
  readonly base: string;
  readonly candidate: string;
  readonly scenario: string;
  /** 1, or more when a verdict is confirmed by a second job. */
  readonly attempt: number;
}

/** Counts the ways this program has drawn its schedules; a new way has new seeds. */
const SCHEDULE_VERSION = 1;

const BYTES = 16;
const TWO_TO_32 = 4_294_967_296;

/** Makes the seed of a job, 32 hexadecimal digits. */
export function deriveSeed({ base, candidate, scenario, attempt }: SeedOf): string {
  return digest(JSON.stringify([SCHEDULE_VERSION, base, candidate, scenario, attempt])).toString('hex');
}

/**
 * Opens a stream of numbers from 0 (inclusive) to 1 (exclusive), in steps of 2^-32: Doty-Humphrey's sfc32.
 * The same seed and use give the same numbers, in this version and the next.
 */
export function createStream(seed: string, use: string): () => number {
  const words = digest(`${seed} ${use}`);
  let a = words.readInt32LE(0);
  let b = words.readInt32LE(4);
  let c = words.readInt32LE(8);
  let counter = words.readInt32LE(12);
  return () => {
    const drawn = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + drawn) | 0;
    return (drawn >>> 0) / TWO_TO_32;
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest().subarray(0, BYTES);
}
