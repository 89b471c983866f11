/**
 * Noise of known law, to try the gate's promises on. Each law is scaled so that one block's difference of two builds
 * has the same spread.
 */

/**
 * The laws: well-behaved; with heavy tails; with a tenth of the blocks five times as wide; and wandering from window
 * to window while each block warms up.
 */
export const laws = ['normal', 'student', 'contaminated', 'wandering'] as const;

/** The name of a law. */
export type Law = (typeof laws)[number];

/** One block of noise: what each window in the order of time, and each fresh process, adds to a logarithm. */
export interface BlockNoise {
  readonly windows: readonly number[];
  readonly processes: Readonly<Record<'base' | 'candidate', number>>;
}

/** Windows of a block: the short ones, which cancel less drift. */
const WINDOWS = 4;

/** How much slower the first window of a wandering block is, and after how many windows a third of that is left. */
const WARM_UP = 0.06;
const WARM_UP_WINDOWS = 1.5;

/** Share of a wandering window's noise that the next one keeps. */
const MEMORY = 0.5;

/** What the order XYYX makes of such noise: the spread of a block when windows have the spread 1. */
const WANDERING_SPREAD = 0.75;

const CONTAMINATED_SHARE = 0.1;
const CONTAMINATED_FACTOR = 5;

const STILL: readonly number[] = new Array<number>(WINDOWS).fill(0);

/** Opens an endless supply of noise. Blocks of the wandering law know of the block before. */
export function createNoise(
  law: Law,
  { spread, draw }: { spread: number; draw: () => number },
): () => BlockNoise {
  const normal = createNormal(draw);
  if (law === 'wandering') return createWandering(normal, spread / WANDERING_SPREAD);
  const ofProcess = spread / Math.SQRT2;
  const variate = law === 'student' ? () => student3(normal) : normal;
  return () => {
    const isWide = law === 'contaminated' && draw() < CONTAMINATED_SHARE;
    const size = isWide ? ofProcess * CONTAMINATED_FACTOR : ofProcess;
    return { windows: STILL, processes: { base: size * variate(), candidate: size * variate() } };
  };
}

function createWandering(normal: () => number, spread: number): () => BlockNoise {
  const fresh = Math.sqrt(1 - MEMORY ** 2);
  let level = normal();
  return () => {
    const windows = STILL.map((_, position) => {
      level = MEMORY * level + fresh * normal();
      return spread * level + WARM_UP * Math.exp(-position / WARM_UP_WINDOWS);
    });
    return { windows, processes: { base: 0, candidate: 0 } };
  };
}

/** Box and Muller's way; each pair of draws gives two values. */
function createNormal(draw: () => number): () => number {
  let spare: number | undefined;
  return () => {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - draw()));
    const angle = 2 * Math.PI * draw();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
}

/** Student's law of three degrees of freedom, whose variance is 3, brought to a variance of 1. */
function student3(normal: () => number): number {
  const squares = normal() ** 2 + normal() ** 2 + normal() ** 2;
  return normal() / Math.sqrt(squares);
}
