/**
 * Least squares by Levenberg and Marquardt's way. The library stops only at an error that is known before, and its
 * weights are of no use, so it is given whitened values and run in rounds until a round gains nothing.
 */
import { levenbergMarquardt } from 'ml-levenberg-marquardt';

/** Values, and a curve that is to come near them. */
export interface Problem {
  /** Each divided by its standard deviation. */
  readonly values: readonly number[];
  /** Gives the value of the curve at each index, divided by the same deviation. */
  readonly curve: (parameters: readonly number[]) => (index: number) => number;
  /** Gives what each parameter changes of it. */
  readonly slopes: (parameters: readonly number[]) => (index: number) => number[];
  /** Where the parameters may lie. */
  readonly least: readonly number[];
  readonly most: readonly number[];
}

/** Parameters, and the sum of the squared distances they leave. */
export interface Solution {
  readonly parameters: readonly number[];
  readonly squares: number;
}

/** Steps of one round. */
const STEPS = 5;

const MOST_ROUNDS = 60;

/** Gain of a round, in squared standard deviations, below which the place is found. */
const LEAST_GAIN = 1e-6;

/**
 * Damping that rounds begin with, and by how much it grows when a round gained nothing: the library takes steps that
 * are too long as well, and only damping shortens them. At the most, steps are too short to gain anything.
 */
const LEAST_DAMPING = 1e-2;
const MOST_DAMPING = 1e8;
const GROWTH = 10_000;

/** Goes from one start to the nearest lowest place; of a curve of several such places it depends on the start. */
export function leastSquares(problem: Problem, start: readonly number[]): Solution {
  let solution: Solution = { parameters: start, squares: squaresAt(problem, start) };
  let damping = LEAST_DAMPING;
  for (let rounds = 0; rounds < MOST_ROUNDS && damping <= MOST_DAMPING; rounds += 1) {
    const next = round(problem, { start: solution.parameters, damping });
    const gain = solution.squares - next.squares;
    if (gain > 0) solution = next;
    if (gain > LEAST_GAIN) damping = LEAST_DAMPING;
    else if (gain > 0) break;
    else damping *= GROWTH;
  }
  return solution;
}

function squaresAt({ values, curve }: Problem, parameters: readonly number[]): number {
  const at = curve(parameters);
  return values.reduce((sum, value, index) => sum + (value - at(index)) ** 2, 0);
}

function round(
  { values, curve, slopes, least, most }: Problem,
  { start, damping }: { start: readonly number[]; damping: number },
): Solution {
  const { parameterValues, parameterError } = levenbergMarquardt(
    { x: values.map((_, index) => index), y: values },
    curve,
    {
      initialValues: start,
      minValues: least,
      maxValues: most,
      maxIterations: STEPS,
      damping,
      errorTolerance: 1e-12,
      jacobianFunction: slopes,
    },
  );
  return { parameters: parameterValues, squares: parameterError };
}
