/** Least squares whose coefficients are not below zero: the one place that talks to the library. */
import { fcnnlsVector } from 'ml-fcnnls';

/**
 * Finds the coefficients, none below 0, with which the columns come nearest to the values: by active sets
 * (Lawson and Hanson 1974, Van Benthem and Keenan 2004). Columns of zeros get 0.
 * @param rows One for each value, all of one length.
 */
export function solveNonNegative(rows: readonly (readonly number[])[], values: readonly number[]): number[] {
  const width = rows[0]?.length ?? 0;
  const sizes = Array.from({ length: width }, (_, column) =>
    Math.hypot(...rows.map((row) => row[column] ?? 0)),
  );
  const used = sizes.flatMap((size, column) => (size > 0 ? [column] : []));
  const coefficients = sizes.map(() => 0);
  if (used.length === 0) return coefficients;
  // Counts of connections and of bytes lie six powers of ten apart: columns of one size solve well.
  const scaled = rows.map((row) => used.map((column) => (row[column] ?? 0) / (sizes[column] ?? 1)));
  const found = fcnnlsVector(scaled, [...values]).K.to1DArray();
  for (const [place, column] of used.entries()) {
    coefficients[column] = (found[place] ?? 0) / (sizes[column] ?? 1);
  }
  return coefficients;
}
