/** What one guard found. */

/** One guard: a figure, and what it had to be. */
export interface Finding {
  readonly name: string;
  readonly value: number;
  /** Such as `at most 0.7`. */
  readonly wanted: string;
  readonly ok: boolean;
}

/** A figure that may not be above a limit. One that is no number is never good. */
export function atMost(name: string, value: number, limit: number): Finding {
  return { name, value, wanted: `at most ${short(limit)}`, ok: value <= limit };
}

/** A figure that may not be below a limit. */
export function atLeast(name: string, value: number, limit: number): Finding {
  return { name, value, wanted: `at least ${short(limit)}`, ok: value >= limit };
}

function short(limit: number): string {
  return String(Number(limit.toPrecision(3)));
}
