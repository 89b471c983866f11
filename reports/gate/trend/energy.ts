/**
 * Where a series changes most: the energy distance of Székely and Rizzo between a left and a right stretch, with
 * exponent 1. The right stretch need not reach the end, or a change and its revert would cancel.
 */

/** Two stretches side by side: from the start to `at`, and from there to `end`, both exclusive. */
export interface Split {
  readonly at: number;
  readonly end: number;
}

/**
 * Finds the split whose stretches differ most, each of at least `shortest` points. The series stays as it is; equal
 * splits count from the left.
 *
 * The result is undefined where the series is too short or never changes.
 */
export function bestSplit(values: readonly number[], shortest: number): Split | undefined {
  const sums = distanceSums(values);
  let best: Split | undefined;
  let most = 0;
  for (let at = shortest; at + shortest <= values.length; at += 1) {
    for (let end = at + shortest; end <= values.length; end += 1) {
      const energy = energyOf(sums, { at, end });
      if (energy <= most) continue;
      most = energy;
      best = { at, end };
    }
  }
  return best;
}

/** Sums of distances of all points before a row to all points before a column. */
interface DistanceSums {
  readonly cells: Float64Array;
  readonly width: number;
}

function distanceSums(values: readonly number[]): DistanceSums {
  const width = values.length + 1;
  const cells = new Float64Array(width * width);
  for (const [row, one] of values.entries()) {
    let ofRow = 0;
    for (const [column, other] of values.entries()) {
      ofRow += Math.abs(one - other);
      cells[(row + 1) * width + column + 1] = (cells[row * width + column + 1] ?? 0) + ofRow;
    }
  }
  return { cells, width };
}

function energyOf(sums: DistanceSums, { at, end }: Split): number {
  const left = at;
  const right = end - at;
  const within = (from: number, to: number) => rectangle(sums, { rows: [from, to], columns: [from, to] });
  const between = rectangle(sums, { rows: [0, at], columns: [at, end] });
  const apart = (2 / (left * right)) * between;
  const together = mean(within(0, at), left) + mean(within(at, end), right);
  return ((left * right) / (left + right)) * (apart - together);
}

/** Mean distance of ordered pairs of different points. */
function mean(sum: number, points: number): number {
  return points < 2 ? 0 : sum / (points * (points - 1));
}

function rectangle(
  { cells, width }: DistanceSums,
  { rows, columns }: { rows: [number, number]; columns: [number, number] },
): number {
  const cell = (row: number, column: number) => cells[row * width + column] ?? 0;
  return (
    cell(rows[1], columns[1]) -
    cell(rows[0], columns[1]) -
    cell(rows[1], columns[0]) +
    cell(rows[0], columns[0])
  );
}
