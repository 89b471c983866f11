/** How a job tells a build server its answer. */
import type { Status } from './result.ts';

/** A gate that did not measure is never green: an invalid job ends like an invalid run. */
const EXIT_CODES: Record<Status, number> = { pass: 0, regression: 1, inconclusive: 0, invalid: 112 };

/** What an inconclusive job ends with where it shall not be green. */
const INCONCLUSIVE = 3;

/** Gives the exit code of an answer. With `isStrict` a job that could not tell is not green. */
export function exitCodeOf(status: Status, { isStrict = false }: { isStrict?: boolean } = {}): number {
  return isStrict && status === 'inconclusive' ? INCONCLUSIVE : EXIT_CODES[status];
}
