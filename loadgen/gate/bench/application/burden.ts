/** The work that some injections do for each message. */

const ELEMENT = { id: 12_345, name: 'item' };

/** Arrays kept alive, so that no optimisation leaves their allocation out. */
const KEPT_ARRAYS = 64;
const BYTES_PER_NUMBER = 8;

/** Rounds of a self-measurement, after as many that only warm the code up. */
const ROUNDS = 1_000;
const SAMPLE_ELEMENTS = 64;

/**
 * Makes a function that parses and writes a text of so many elements, about 20 bytes each, for a share of the messages
 * it is called for. Twice the share costs twice as much; half as many elements cost more than half.
 */
export function createParsing(elements: number, share = 1): () => void {
  const text = JSON.stringify(Array.from({ length: elements }, () => ELEMENT));
  let due = 0;
  return () => {
    for (due += share; due >= 1; due -= 1) JSON.stringify(JSON.parse(text));
  };
}

/** Finds how many elements take so long to parse and write in this process. Within a server under load it is another time. */
export function elementsFor(micros: number): number {
  const parse = createParsing(SAMPLE_ELEMENTS);
  for (let round = 0; round < ROUNDS; round += 1) parse();
  // Not by the clock: others may have the processor meanwhile.
  const start = process.cpuUsage();
  for (let round = 0; round < ROUNDS; round += 1) parse();
  const { user, system } = process.cpuUsage(start);
  const microsPerRound = (user + system) / ROUNDS;
  return Math.max(1, Math.round((micros / microsPerRound) * SAMPLE_ELEMENTS));
}

/** Makes a function that allocates about so many bytes, garbage before long. */
export function createGarbage(bytes: number): () => void {
  const kept: unknown[] = Array.from({ length: KEPT_ARRAYS });
  const length = Math.max(1, Math.round(bytes / BYTES_PER_NUMBER));
  let next = 0;
  return () => {
    kept[next] = new Array(length).fill(next);
    next = (next + 1) % KEPT_ARRAYS;
  };
}

/** Keeps a processor busy. */
export function standStill(milliseconds: number): void {
  const until = performance.now() + milliseconds;
  while (performance.now() < until);
}
