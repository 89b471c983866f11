/** Sizes that did more than proportion allows, which no case of the law can follow. */
import type { LogPoint } from './families.ts';

/** A number of workers whose rate is above proportion. */
export interface Superlinear {
  readonly workers: number;
  /** How much it is above what the fewest workers promise: 0.1 is 10 %. */
  readonly excess: number;
  readonly finding: string;
}

/** Deviations above proportion that chance reaches once in 160 sizes. */
const NOTABLE = 2.5;

interface Size {
  readonly workers: number;
  /** Mean logarithm of the rate of one worker, and its standard deviation. */
  readonly log: number;
  readonly spread: number;
}

/** Finds the sizes above proportion, in ascending order. */
export function findSuperlinear(points: readonly LogPoint[]): Superlinear[] {
  const sizes = toSizes(points);
  const [fewest, ...others] = sizes;
  if (fewest === undefined) return [];
  const scale = Math.max(1, scatterOf(points, sizes));
  return others.flatMap(({ workers, log, spread }) => {
    const gain = log - fewest.log;
    if (gain <= NOTABLE * scale * Math.hypot(spread, fewest.spread)) return [];
    const excess = Math.exp(gain) - 1;
    return { workers, excess, finding: describe({ workers, excess, fewest: fewest.workers }) };
  });
}

function describe({ workers, excess, fewest }: { workers: number; excess: number; fewest: number }): string {
  const least = fewest === 1 ? '1 worker' : `${fewest} workers`;
  return `${workers} workers do ${(100 * excess).toFixed(0)} % more than in proportion to ${least}, which no scaling law follows: something slowed ${least}, or predictions promise too little`;
}

/** Takes the points of the same number of workers together, fewest workers first. */
function toSizes(points: readonly LogPoint[]): Size[] {
  const numbers = [...new Set(points.map(({ workers }) => workers))].sort((one, other) => one - other);
  return numbers.map((workers) => {
    const own = points.filter((point) => point.workers === workers);
    const total = own.reduce((sum, { spread }) => sum + spread ** -2, 0);
    const log = own.reduce((sum, point) => sum + point.log * point.spread ** -2, 0) / total;
    return { workers, log: log - Math.log(workers), spread: total ** -0.5 };
  });
}

/** How far repeated points lie apart, in the deviations that are stated for them; 0 when none is repeated. */
function scatterOf(points: readonly LogPoint[], sizes: readonly Size[]): number {
  const repeats = points.length - sizes.length;
  if (repeats === 0) return 0;
  const squares = points.reduce((sum, { workers, log, spread }) => {
    const mean = sizes.find((size) => size.workers === workers)?.log ?? Number.NaN;
    return sum + ((log - Math.log(workers) - mean) / spread) ** 2;
  }, 0);
  return Math.sqrt(squares / repeats);
}
