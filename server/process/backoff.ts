const FIRST_MS = 100;
const FACTOR = 2;
const MOST_MS = 30_000;

/**
 * Tells how many milliseconds to wait before an attempt that follows `attempt` failures in a row:
 * 100 ms after the first, twice as long after each further one, never more than 30 s.
 */
export function backoff(attempt: number): number {
  return Math.min(MOST_MS, FIRST_MS * FACTOR ** Math.max(0, attempt - 1));
}
