/** The inverse of the normal distribution. */

/** Coefficients of the rational functions, from the constant term up: M. J. Wichura, AS 241, PPND7. */
const centre = {
  above: [3.3871327179, 50.434271938, 159.29113202, 59.10937472],
  below: [1, 17.895169469, 78.757757664, 67.1875636],
};
const tail = {
  above: [1.4234372777, 2.75681539, 1.3067284816, 0.17023821103],
  below: [1, 0.7370016425, 0.12021132975],
};
const farTail = {
  above: [6.657905115, 3.081226386, 0.42868294337, 0.017337203997],
  below: [1, 0.24197894225, 0.012258202635],
};

/** How many deviations above the mean a share of the normal distribution ends. Seven digits; 0 < share < 1. */
export function normalQuantile(share: number): number {
  const fromMiddle = share - 0.5;
  if (Math.abs(fromMiddle) <= 0.425) {
    return fromMiddle * quotient(centre, 0.180625 - fromMiddle * fromMiddle);
  }
  const depth = Math.sqrt(-Math.log(Math.min(share, 1 - share)));
  const size = depth <= 5 ? quotient(tail, depth - 1.6) : quotient(farTail, depth - 5);
  return fromMiddle < 0 ? -size : size;
}

function quotient(
  { above, below }: { above: readonly number[]; below: readonly number[] },
  at: number,
): number {
  return polynomial(above, at) / polynomial(below, at);
}

function polynomial(coefficients: readonly number[], at: number): number {
  return coefficients.reduceRight((sum, coefficient) => sum * at + coefficient, 0);
}
