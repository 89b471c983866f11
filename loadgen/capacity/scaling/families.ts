/**
 * The law and its special cases, fitted to measured rates on the scale of logarithms, where equal errors are equal
 * shares. The search goes beyond the borders of the law, and along a border where it ended behind one: a search that
 * the border only stops can end beside the best place.
 */
import { rateOf, type ScalingLaw } from './law.ts';
import { leastSquares } from './least-squares.ts';

/** A rate that was measured. */
export interface LogPoint {
  readonly workers: number;
  /** Natural logarithm of the rate. */
  readonly log: number;
  /** Standard deviation of that logarithm, above 0. */
  readonly spread: number;
}

/** Proportion, contention alone, and contention with coherency. */
export type Family = 'linear' | 'amdahl' | 'universal';

/** A case of the law, as near to the points as it comes. */
export interface FamilyFit {
  readonly family: Family;
  readonly law: ScalingLaw;
  /** Sum of the squared distances on the scale of logarithms, each in standard deviations of its point. */
  readonly squares: number;
}

type Place = Omit<FamilyFit, 'family'>;

/** Where a search begins. */
export type Start = Pick<ScalingLaw, 'sigma' | 'kappa'>;

/** From where to where each cost may go; a cost whose ends are equal stays. */
interface Box {
  readonly sigma: readonly [least: number, most: number];
  readonly kappa: readonly [least: number, most: number];
}

const MOST = Number.MAX_SAFE_INTEGER;
const inside: Box = { sigma: [0, 1], kappa: [0, MOST] };

/**
 * Fits one case, searching from each start.
 * @param points Of at least two different numbers of workers.
 */
export function fitFamily(
  points: readonly LogPoint[],
  { family, starts = startsFor(points) }: { family: Family; starts?: readonly Start[] },
): FamilyFit {
  return { family, ...nearest[family](points, starts) };
}

const nearest: Record<Family, (points: readonly LogPoint[], starts: readonly Start[]) => Place> = {
  linear: (points) => settle(points, { sigma: 0, kappa: 0 }),
  amdahl: fitAmdahl,
  universal: fitUniversal,
};

/** Three starts: workers that hardly, somewhat and badly hinder each other within the range of the points. */
function startsFor(points: readonly LogPoint[]): Start[] {
  const widest = Math.max(...points.map(({ workers }) => workers));
  return [0.01, 0.1, 0.5].map((share) => ({ sigma: share, kappa: share / widest ** 2 }));
}

function fitUniversal(points: readonly LogPoint[], starts: readonly Start[]): Place {
  const anywhere = search(points, { box: beyond(points), starts });
  const { sigma, kappa } = anywhere.law;
  // The best place inside lies on one of the borders that the best place of all lies behind.
  const borders = [
    ...(sigma < 0 || sigma > 1 ? [fitCoherency(points, { sigma: clamp(sigma, inside.sigma), starts })] : []),
    ...(kappa < 0 ? [fitAmdahl(points, starts)] : []),
  ];
  return borders.length === 0 ? anywhere : lowest(borders);
}

function fitAmdahl(points: readonly LogPoint[], starts: readonly Start[]): Place {
  const anywhere = search(points, { box: { ...beyond(points), kappa: [0, 0] }, starts });
  const { sigma } = anywhere.law;
  return sigma < 0 || sigma > 1 ? settle(points, { sigma: clamp(sigma, inside.sigma), kappa: 0 }) : anywhere;
}

/** Fits lambda and kappa only. */
function fitCoherency(
  points: readonly LogPoint[],
  { sigma, starts }: { sigma: number; starts: readonly Start[] },
): Place {
  const anywhere = search(points, { box: { ...beyond(points), sigma: [sigma, sigma] }, starts });
  return anywhere.law.kappa < 0 ? settle(points, { sigma, kappa: 0 }) : anywhere;
}

/** As far below zero as each rate of the points stays positive. */
function beyond(points: readonly LogPoint[]): Box {
  const others = Math.max(...points.map(({ workers }) => workers)) - 1;
  return { sigma: [-0.4 / others, 2], kappa: [-0.4 / (others * (others + 1)), MOST] };
}

function search(points: readonly LogPoint[], { box, starts }: { box: Box; starts: readonly Start[] }): Place {
  const values = points.map(({ log, spread }) => log / spread);
  const at = (index: number): LogPoint => points[index] ?? { workers: 1, log: 0, spread: 1 };
  const isFree = [true, box.sigma[0] < box.sigma[1], box.kappa[0] < box.kappa[1]];
  const problem = {
    values,
    curve: (parameters: readonly number[]) => {
      const law = toLaw(parameters);
      return (index: number) => Math.log(rateOf(law, at(index).workers)) / at(index).spread;
    },
    slopes: (parameters: readonly number[]) => {
      const law = toLaw(parameters);
      return (index: number) =>
        slopesOf(law, at(index).workers).map((slope, place) =>
          isFree[place] ? slope / at(index).spread : 0,
        );
    },
    least: [-MOST, box.sigma[0], box.kappa[0]],
    most: [MOST, box.sigma[1], box.kappa[1]],
  };
  return lowest(
    starts.map((start) => {
      const { parameters, squares } = leastSquares(
        problem,
        toParameters(settle(points, into(box, start)).law),
      );
      return { law: toLaw(parameters), squares };
    }),
  );
}

/** Lambda is searched for on its logarithm, on which it cannot leave its bounds. */
function toLaw([log = 0, sigma = 0, kappa = 0]: readonly number[]): ScalingLaw {
  return { lambda: Math.exp(log), sigma, kappa };
}

function toParameters({ lambda, sigma, kappa }: ScalingLaw): number[] {
  return [Math.log(lambda), sigma, kappa];
}

/** What the logarithm of the rate changes with the logarithm of lambda, with sigma and with kappa. */
function slopesOf({ sigma, kappa }: ScalingLaw, workers: number): number[] {
  const others = workers - 1;
  const burden = 1 + sigma * others + kappa * workers * others;
  return [1, -others / burden, (-workers * others) / burden];
}

function into({ sigma, kappa }: Box, start: Start): Start {
  return { sigma: clamp(start.sigma, sigma), kappa: clamp(start.kappa, kappa) };
}

function clamp(value: number, [least, most]: readonly [number, number]): number {
  return Math.min(most, Math.max(least, value));
}

/** Finds the best lambda for given costs: on the scale of logarithms it is a mean. */
function settle(points: readonly LogPoint[], costs: Start): Place {
  const rests = points.map(({ workers, log, spread }) => ({
    rest: log - Math.log(rateOf({ lambda: 1, ...costs }, workers)),
    weight: spread ** -2,
  }));
  const total = rests.reduce((sum, { weight }) => sum + weight, 0);
  const centre = rests.reduce((sum, { rest, weight }) => sum + rest * weight, 0) / total;
  const squares = rests.reduce((sum, { rest, weight }) => sum + weight * (rest - centre) ** 2, 0);
  return { law: { lambda: Math.exp(centre), ...costs }, squares };
}

function lowest(places: readonly Place[]): Place {
  return places.reduce((best, place) => (place.squares < best.squares ? place : best));
}
