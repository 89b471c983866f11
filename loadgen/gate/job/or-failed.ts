/** Errors of the bench, which are no word about a build: a command that ends with them must not look like a regression. */
import { asError, ClusterError } from '../../../server/errors/index.ts';

/**
 * Does what measures.
 *
 * @param cannot What is not done otherwise: "Cannot begin the gate".
 * @throws ClusterError MEASUREMENT_FAILED for whatever breaks it.
 */
export async function orFailed<Result>(cannot: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    throw new ClusterError(`${cannot}: ${asError(cause).message}`, { code: 'MEASUREMENT_FAILED', cause });
  }
}
