/** What is wrong with a server, and when that lets it answer. */

/** How a server delays its answers; all times are milliseconds. */
export type Pathology =
  | { kind: 'fixed'; delayMs: number }
  /** A share of all answers takes longer than the others. */
  | { kind: 'two-point'; delayMs: number; share: number; longerMs: number }
  | { kind: 'exponential'; meanMs: number }
  /** Stands still for a while, `firstMs` after the beginning and then once in every period. */
  | { kind: 'stalls'; firstMs: number; lengthMs: number; periodMs: number }
  /** Of so many workers one takes longer. Sockets are given to the workers in turn. */
  | { kind: 'slow-worker'; workers: number; slow: number; delayMs: number; longerMs: number }
  /** Takes one question at a time. */
  | { kind: 'queue'; serviceMs: number };

/** Says when an answer is to leave. Times are milliseconds since the beginning of what is measured. */
export type AnswerAt = (readAtMs: number, worker: number) => number;

/** The golden ratio's fractional part: multiples of it cover the interval from 0 to 1 more evenly than any others. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/**
 * Makes a server's delays. Chance is drawn as evenly as can be, so that even a thousand answers follow the law to a
 * thousandth: what differs from it was not luck.
 */
export function createDelays(pathology: Pathology, seed: number): AnswerAt {
  switch (pathology.kind) {
    case 'fixed':
      return (readAt) => readAt + pathology.delayMs;
    case 'two-point': {
      const draw = createDraws(seed);
      const { share, delayMs, longerMs } = pathology;
      return (readAt) => readAt + (draw() < share ? longerMs : delayMs);
    }
    case 'exponential': {
      const draw = createDraws(seed);
      return (readAt) => readAt - pathology.meanMs * Math.log1p(-draw());
    }
    case 'stalls':
      return (readAt) => afterStall(pathology, readAt);
    case 'slow-worker': {
      const { slow, delayMs, longerMs } = pathology;
      return (readAt, worker) => readAt + (worker === slow ? longerMs : delayMs);
    }
    case 'queue': {
      let freeAt = Number.NEGATIVE_INFINITY;
      return (readAt) => {
        freeAt = Math.max(freeAt, readAt) + pathology.serviceMs;
        return freeAt;
      };
    }
  }
}

function afterStall({ firstMs, lengthMs, periodMs }: Extract<Pathology, { kind: 'stalls' }>, readAt: number) {
  const into = readAt - firstMs;
  if (into < 0) return readAt;
  const since = into % periodMs;
  return since < lengthMs ? readAt - since + lengthMs : readAt;
}

function createDraws(seed: number): () => number {
  let place = (seed * Math.SQRT2) % 1;
  return () => {
    place = (place + GOLDEN) % 1;
    return place;
  };
}
